import type { Action, ActionEntry } from '#actions/action.ts';
import { ACTIONS } from '#actions/index.ts';
import { asDevctlError, type DevctlError, EXIT_CODES } from '#domain/error.ts';
import { parseWords } from './build-command.ts';
import { canAsk } from './can-ask.ts';
import { type Face, type Program, paintFor } from './face.ts';
import { formatGroupHelp, formatRootHelp } from './help.ts';
import { HelpShown } from './help-shown.ts';
import { errorDocument, formatError } from './print-error.ts';
import { type RootOptions, readRootOptions } from './root-options.ts';
import { runAction } from './run-action.ts';
import { createOutput } from './streams.ts';
import { findCommand, type TypedCommand } from './typed-command.ts';

/** Runs one command line (without `node` and script) to its exit code; never throws, never exits. */
export async function runCli(argv: readonly string[], program: Program): Promise<number> {
  const reader = new AbortController();
  const stdout = createOutput(program.streams.stdout, () => reader.abort());
  const stderr = createOutput(program.streams.stderr, () => undefined);
  const signal = AbortSignal.any([program.interrupted, reader.signal]);
  let code: number;
  try {
    code = await dispatch(argv, program, { stdout, stderr, signal });
  } catch (thrown) {
    if (thrown instanceof HelpShown) stdout.raw(thrown.text);
    code =
      thrown instanceof HelpShown ? 0 : await fail(program, { stdout, stderr, signal }, asDevctlError(thrown), { style: guessStyle(argv) });
  }
  await stdout.flush();
  if (stdout.fault) stderr.line(`✖ The output cannot be written: ${stdout.fault}`);
  await stderr.flush();
  if (program.interrupted.aborted) return interruptedCode(program.interrupted);
  if (stdout.fault) return EXIT_CODES.external;
  return stdout.isClosed && code === EXIT_CODES.cancelled ? 0 : code;
}

type Outputs = Pick<Face, 'stdout' | 'stderr' | 'signal'>;

async function dispatch(argv: readonly string[], program: Program, outputs: Outputs): Promise<number> {
  const entries = program.actions ?? ACTIONS;
  const typed = findCommand(argv, entries);
  switch (typed.kind) {
    case 'version':
      outputs.stdout.line(`devctl ${program.edges.version}`);
      return 0;
    case 'help':
      return showHelp(typed.of, entries);
    case 'none':
      return program.openUi ? program.openUi() : runEntry(statusOf(entries, argv), argv, program, outputs);
    case 'action':
      return runEntry(typed, argv, program, outputs);
  }
}

type TypedAction = Extract<TypedCommand, { kind: 'action' }>;

/** Without a command and without a terminal UI: the status. */
function statusOf(entries: readonly ActionEntry[], argv: readonly string[]): TypedAction {
  const entry = entries.find((one) => one.command === 'status');
  if (!entry) throw new Error('There is no status action');
  return { kind: 'action', entry, before: argv, after: [] };
}

async function runEntry(typed: TypedAction, argv: readonly string[], program: Program, outputs: Outputs): Promise<number> {
  const action = await typed.entry.load();
  let root: RootOptions | undefined;
  try {
    const words = parseWords(action, typed.before, typed.after);
    root = readRootOptions(words.root);
    return await runAction(action, words.options, { ...outputs, program, argv, root });
  } catch (thrown) {
    if (thrown instanceof HelpShown) throw thrown;
    return await fail(program, outputs, asDevctlError(thrown), { style: root ?? guessStyle(typed.before, typed.after), action });
  }
}

/** Always throws HelpShown, or `usage` for a command that is not there. */
async function showHelp(words: readonly string[], entries: readonly ActionEntry[]): Promise<never> {
  const load = (some: readonly ActionEntry[]): Promise<readonly Action[]> => Promise.all(some.map((entry) => entry.load()));
  const command = words.join(' ');
  const group = entries.filter((entry) => entry.command.startsWith(`${command} `));
  if (command === '') throw new HelpShown(formatRootHelp(await load(entries)));
  if (group.length > 0 && !entries.some((entry) => entry.command === command))
    throw new HelpShown(formatGroupHelp(command, await load(group)));
  const typed = findCommand(words, entries);
  parseWords(await (typed.kind === 'action' ? typed : statusOf(entries, [])).entry.load(), [], ['--help']);
  throw new Error('--help shows help');
}

/** How an error is told. */
type ErrorStyle = Pick<RootOptions, 'json' | 'plain' | 'verbose'>;

/** Before the words are parsed, or when they cannot be. */
function guessStyle(...parts: readonly (readonly string[])[]): ErrorStyle {
  const words = parts.flatMap((part) => part.slice(0, part.includes('--') ? part.indexOf('--') : undefined));
  return { json: words.includes('--json'), plain: words.includes('--plain'), verbose: words.includes('--verbose') };
}

interface Failure {
  readonly style: ErrorStyle;
  readonly action?: Action | undefined;
}

/** Says what went wrong on the right stream in the right form, and gives the exit code. */
async function fail(program: Program, { stdout, stderr }: Outputs, error: DevctlError, { style, action }: Failure): Promise<number> {
  const { streams } = program;
  const paint = paintFor({ program, root: style }, streams.stderr);
  // A refusal without a terminal tells a pipeline or an agent what would let it through, in a form that it can read.
  if (style.json || (error.kind === 'refused' && !canAsk(streams))) stdout.line(JSON.stringify(errorDocument(error)));
  for (const line of formatError(error, paint, style.verbose)) stderr.line(line);
  return exitCodeOf(error, action);
}

/** Programs inside a container own the small codes: devctl's own failure around them is 125, a No stays 3. */
function exitCodeOf(error: DevctlError, action: Action | undefined): number {
  const runsInner = action?.kind === 'change' && action.innerExitCode === true;
  return runsInner && error.kind !== 'refused' && error.kind !== 'cancelled' ? 125 : EXIT_CODES[error.kind];
}

function interruptedCode(interrupted: AbortSignal): number {
  return typeof interrupted.reason === 'number' ? interrupted.reason : 130;
}
