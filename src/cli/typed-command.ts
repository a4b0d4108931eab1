import type { ActionEntry } from '#actions/action.ts';
import { DevctlError } from '#domain/error.ts';
import { suggest } from '#domain/text.ts';
import { ROOT_FLAGS } from './root-options.ts';

/** What somebody typed, as far as it can be told before any action is loaded. */
export type TypedCommand =
  | { readonly kind: 'none' }
  | { readonly kind: 'help'; readonly of: readonly string[] }
  | { readonly kind: 'version' }
  | { readonly kind: 'action'; readonly entry: ActionEntry; readonly before: readonly string[]; readonly after: readonly string[] };

/** Commands that stand for another word of their group when typed alone. */
const GROUP_DEFAULT: Readonly<Record<string, string>> = { profiles: 'profiles list', policy: 'policy show' };

/** Verbs of compose that devctl has no command of its own for: they run as `devctl compose -- VERB …`. */
const COMPOSE_VERBS =
  'attach build commit cp create events export images kill ls pause port publish pull push rm scale top unpause viz watch'.split(' ');

/**
 * Finds the command in an argv (without `node` and script). Only root options may stand before it. Throws `usage` for an
 * unknown command or a root flag that belongs to compose.
 */
export function findCommand(argv: readonly string[], entries: readonly ActionEntry[]): TypedCommand {
  const start = skipRootOptions(argv);
  const before = argv.slice(0, start);
  const words = argv.slice(start);
  const [first] = words;
  if (before.some((word) => word === '--version' || word === '-V')) return { kind: 'version' };
  if (before.some(isHelp)) return { kind: 'help', of: [] };
  if (first === undefined) return { kind: 'none' };
  if (first === 'help') return { kind: 'help', of: words.slice(1) };
  const found = longestMatch(words, entries);
  if (found) return { kind: 'action', ...found, before };
  if (isGroup(first, entries)) return wordOfGroup(first, words.slice(1), entries, before);
  return passedThrough(words, entries, before);
}

function skipRootOptions(argv: readonly string[]): number {
  let index = 0;
  for (; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (!word.startsWith('-') || word === '-' || word === '--') break;
    rejectComposeFlag(word);
    if (takesNextWord(word)) index++;
  }
  return Math.min(index, argv.length);
}

/** `devctl -f x` and `devctl -v` are habits from compose and docker, where they mean something else than here. */
function rejectComposeFlag(word: string): void {
  if (word !== '-v' && word !== '-f' && !/^-f./.test(word)) return;
  const meant = word === '-v' ? 'devctl version shows the version' : 'the files come from the profile (-p)';
  throw new DevctlError('usage', `devctl has no ${word.slice(0, 2)} before the command: ${meant}.`, {
    hint: `For compose's own flags: devctl compose -- ${word.slice(0, 2)} …`,
  });
}

function takesNextWord(word: string): boolean {
  return ROOT_FLAGS.some((flag) => flag.value !== undefined && (word === flag.long || word === flag.short));
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}

function longestMatch(words: readonly string[], entries: readonly ActionEntry[]) {
  const matching = entries.filter((entry) => entry.command.split(' ').every((word, index) => words[index] === word));
  const [entry] = matching.sort((a, b) => b.command.length - a.command.length);
  return entry && { entry, after: words.slice(entry.command.split(' ').length) };
}

function isGroup(word: string, entries: readonly ActionEntry[]): boolean {
  return entries.some((entry) => entry.command.startsWith(`${word} `));
}

/** A group alone, or with flags only, is its default word; with an unknown word it is an error. */
function wordOfGroup(group: string, rest: readonly string[], entries: readonly ActionEntry[], before: readonly string[]): TypedCommand {
  const [next] = rest;
  if (next !== undefined && isHelp(next)) return { kind: 'help', of: [group] };
  const entry = entries.find((one) => one.command === GROUP_DEFAULT[group]);
  if (entry && (next === undefined || next.startsWith('-'))) return { kind: 'action', entry, before, after: rest };
  const known = entries.filter((one) => one.command.startsWith(`${group} `)).map((one) => one.command.slice(group.length + 1));
  const near = suggest(next ?? '', known);
  throw new DevctlError('usage', next === undefined ? `devctl ${group} needs a word more.` : `devctl ${group} has no "${next}".`, {
    hint: near ? `Did you mean: devctl ${group} ${near}` : `It has: ${known.join(', ')}`,
  });
}

function passedThrough(words: readonly string[], entries: readonly ActionEntry[], before: readonly string[]): TypedCommand {
  const [first = ''] = words;
  const compose = entries.find((entry) => entry.command === 'compose');
  if (compose && COMPOSE_VERBS.includes(first)) return { kind: 'action', entry: compose, before, after: ['--', ...words] };
  const near = suggest(first, [...new Set(entries.flatMap((entry) => [entry.command, entry.command.split(' ')[0] ?? '']))]);
  throw new DevctlError('usage', `devctl has no command "${first}".`, {
    hint: near ? `Did you mean: devctl ${near}` : 'devctl help lists all commands.',
  });
}
