/** Which flags a command knows, by long name or short letter. */
export interface FlagTable {
  readonly switches: readonly string[];
  readonly values: readonly string[];
  /** Parsing stops at the first positional. */
  readonly inner?: boolean;
}

/** An argv read as spf13/pflag reads it, which compose uses. */
export interface ParsedFlags {
  /** Last value wins; switches are `true` or `false` as written. */
  readonly flags: Readonly<Record<string, string>>;
  readonly positionals: readonly string[];
  /** The first word that the table does not know, or that is malformed. */
  readonly unknown: string | undefined;
}

/**
 * Parses an argv by a table, never by patterns: `--name`, `--name=value`, `--name value`, clusters (`-fsv`, `-vt0`), `--`,
 * interspersed positionals (source: reference, destructive-commands §3.0).
 */
export function parseFlags(argv: readonly string[], table: FlagTable): ParsedFlags {
  const flags: Record<string, string> = {};
  const positionals: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (word === '--') return { flags, positionals: [...positionals, ...argv.slice(index + 1)], unknown: undefined };
    if (!word.startsWith('-') || word === '-') {
      if (table.inner) return { flags, positionals: [...positionals, ...argv.slice(index)], unknown: undefined };
      positionals.push(word);
      continue;
    }
    const read = word.startsWith('--')
      ? readLong(word.slice(2), argv[index + 1], table)
      : readCluster(word.slice(1), argv[index + 1], table);
    if (!read) return { flags, positionals, unknown: word };
    Object.assign(flags, read.flags);
    if (read.tookNext) index++;
  }
  return { flags, positionals, unknown: undefined };
}

/** Whether a switch is on; pflag's own spellings of true and false, anything else is an error there. */
export function isOn(value: string | undefined): boolean | undefined {
  if (value === undefined) return false;
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(value)) return true;
  return ['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(value) ? false : undefined;
}

interface Read {
  readonly flags: Readonly<Record<string, string>>;
  readonly tookNext: boolean;
}

function readLong(text: string, next: string | undefined, table: FlagTable): Read | undefined {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  if (table.switches.includes(name)) return switchRead(name, equals < 0 ? 'true' : text.slice(equals + 1));
  if (!table.values.includes(name)) return undefined;
  if (equals >= 0) return { flags: { [name]: text.slice(equals + 1) }, tookNext: false };
  return next === undefined ? undefined : { flags: { [name]: next }, tookNext: true };
}

/** Letters of one word: switches in a row; a flag with a value takes the rest of the word, or the next one. */
function readCluster(text: string, next: string | undefined, table: FlagTable): Read | undefined {
  const flags: Record<string, string> = {};
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    const rest = text.slice(at + 1);
    if (table.values.includes(letter)) return readLetterValue(flags, letter, rest, next);
    if (!table.switches.includes(letter)) return undefined;
    if (rest.startsWith('=')) return mergeSwitch(flags, letter, rest.slice(1));
    flags[letter] = 'true';
  }
  return { flags, tookNext: false };
}

function readLetterValue(
  flags: Readonly<Record<string, string>>,
  letter: string,
  rest: string,
  next: string | undefined,
): Read | undefined {
  if (rest !== '') return { flags: { ...flags, [letter]: rest.replace(/^=/, '') }, tookNext: false };
  return next === undefined ? undefined : { flags: { ...flags, [letter]: next }, tookNext: true };
}

function mergeSwitch(flags: Readonly<Record<string, string>>, letter: string, value: string): Read | undefined {
  const read = switchRead(letter, value);
  return read && { flags: { ...flags, ...read.flags }, tookNext: false };
}

function switchRead(name: string, value: string): Read | undefined {
  return isOn(value) === undefined ? undefined : { flags: { [name]: value }, tookNext: false };
}
