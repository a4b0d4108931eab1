import { Argument, Command, CommanderError, Option } from 'commander';
import type { Action } from '#actions/action.ts';
import { DevctlError } from '#domain/error.ts';
import { formatExamples } from './help.ts';
import { HelpShown } from './help-shown.ts';
import { type OptionFlag, readFlags } from './option-flags.ts';
import { ROOT_FLAGS, type RootFlag } from './root-options.ts';

/** Commands whose first positional ends devctl's own options: what follows belongs to the program inside. */
const PASS_THROUGH: ReadonlySet<string> = new Set(['exec', 'run', 'with', 'do', 'compose']);

/** What the words of one command line say: raw values by key, root options among them; not validated yet. */
export interface ParsedWords {
  readonly options: Readonly<Record<string, unknown>>;
  readonly root: Readonly<Record<string, unknown>>;
}

/** Parses the words before and after a command. Throws `usage` for what no flag or positional takes, and HelpShown for `--help`. */
export function parseWords(action: Action, before: readonly string[], after: readonly string[]): ParsedWords {
  const flags = readFlags(action.options);
  const help: string[] = [];
  const root = rootCommand();
  const leaf = buildCommand(action, flags).configureOutput({ writeOut: (text) => void help.push(text) });
  root.addCommand(leaf);
  const positionals: unknown[] = [];
  leaf.action((...values: unknown[]) => void positionals.push(...values));
  try {
    root.parse([...before, leaf.name(), ...after], { from: 'user' });
  } catch (thrown) {
    throw readableError(thrown, action, help);
  }
  return { options: collect(flags, leaf.opts(), positionals), root: { ...root.opts(), ...rootValues(leaf) } };
}

function buildCommand(action: Action, flags: readonly OptionFlag[]): Command {
  const command = new Command(action.command.replaceAll(' ', '-'));
  quieten(command).summary(action.summary).description(action.summary);
  command.configureHelp({ commandUsage: (self) => `devctl ${action.command} ${self.usage()}` });
  if (PASS_THROUGH.has(action.command)) command.passThroughOptions();
  for (const flag of flags) {
    if (flag.meta.positional) command.addArgument(toArgument(flag));
    else command.addOption(toOption(flag));
  }
  const taken = new Set(command.options.flatMap((option) => [option.long, option.short]));
  for (const flag of ROOT_FLAGS) if (!taken.has(flag.long)) command.addOption(rootOption(flag, taken).helpGroup('Everywhere:'));
  return command.addHelpText('after', formatExamples(action));
}

function rootCommand(): Command {
  const root = quieten(new Command('devctl')).enablePositionalOptions();
  for (const flag of ROOT_FLAGS) root.addOption(rootOption(flag, new Set()));
  return root;
}

/** Commander throws instead of printing and exiting. */
function quieten(command: Command): Command {
  return command
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .addHelpOption(new Option('-h, --help', 'show this help').helpGroup('Everywhere:'))
    .helpCommand(false);
}

function rootOption(flag: RootFlag, taken: ReadonlySet<string | undefined>): Option {
  const short = flag.short && !taken.has(flag.short) ? `${flag.short}, ` : '';
  return new Option(`${short}${flag.long}${flag.value ? ` <${flag.value}>` : ''}`, flag.description);
}

function toArgument(flag: OptionFlag): Argument {
  const name = flag.meta.value ?? flag.name.toUpperCase();
  const word = flag.type === 'list' ? `${name}...` : name;
  return new Argument(flag.optional ? `[${word}]` : `<${word}>`, flag.description);
}

function toOption(flag: OptionFlag): Option {
  const short = flag.meta.short ? `-${flag.meta.short}, ` : '';
  const name = flag.onByDefault ? `--no-${flag.name.slice(2)}` : flag.name;
  const value = flag.type === 'boolean' ? '' : ` <${flag.meta.value ?? (flag.type === 'number' ? 'N' : 'VALUE')}>`;
  const option = new Option(`${short}${name}${value}`, flag.description);
  if (flag.choices) option.choices(flag.choices);
  if (flag.type === 'list') option.argParser((word: string, before: readonly string[] | undefined) => [...(before ?? []), word]);
  return flag.meta.hidden ? option.hideHelp() : option;
}

/** Commander's values under the schema's own keys. Words that were not given stay out, so that the schema's defaults apply. */
function collect(flags: readonly OptionFlag[], values: Readonly<Record<string, unknown>>, positionals: readonly unknown[]) {
  const collected: Record<string, unknown> = {};
  const arguments_ = flags.filter((flag) => flag.meta.positional);
  for (const [index, flag] of arguments_.entries()) set(collected, flag, positionals[index]);
  for (const flag of flags.filter((one) => !one.meta.positional)) set(collected, flag, readValue(flag, values));
  return collected;
}

function set(collected: Record<string, unknown>, flag: OptionFlag, value: unknown): void {
  if (value === undefined) return;
  collected[flag.key] = flag.type === 'number' && Number.isFinite(Number(value)) ? Number(value) : value;
}

/** `--no-deps` is commander's `deps: false`, whichever way round the schema names it. */
function readValue(flag: OptionFlag, values: Readonly<Record<string, unknown>>): unknown {
  const negated = /^no([A-Z].*)$/.exec(flag.key);
  if (!negated || flag.type !== 'boolean') return values[flag.key];
  const [, rest = ''] = negated;
  return values[rest.charAt(0).toLowerCase() + rest.slice(1)] === false ? true : undefined;
}

/** Root options given after the command; only those that were really typed. */
function rootValues(leaf: Command): Readonly<Record<string, unknown>> {
  const typed = ROOT_FLAGS.filter((flag) => leaf.getOptionValueSource(flag.key) === 'cli' && isRootOption(leaf, flag));
  return Object.fromEntries(typed.map((flag) => [flag.key, leaf.getOptionValue(flag.key)]));
}

function isRootOption(leaf: Command, flag: RootFlag): boolean {
  return leaf.options.some((option) => option.long === flag.long && option.helpGroupHeading === 'Everywhere:');
}

function readableError(thrown: unknown, action: Action, help: readonly string[]): unknown {
  if (!(thrown instanceof CommanderError)) return thrown;
  if (thrown.code === 'commander.helpDisplayed') return new HelpShown(help.join(''));
  const [message = '', suggestion = ''] = thrown.message
    .replace(/^error: /, '')
    .replace(/(too many arguments) for '[^']*'/, '$1')
    .split('\n');
  const near = /Did you mean (?:one of )?(.+?)\?\)?$/.exec(suggestion)?.[1];
  return new DevctlError('usage', `devctl ${action.command}: ${message.replace(/[^.]$/, '$&.')}`, {
    hint: near ? `Did you mean ${near}?` : `devctl ${action.command} --help shows its flags.`,
  });
}
