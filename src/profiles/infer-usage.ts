/** A `docker compose …` command line found in a comment or script, as far as it names inputs. */
export interface Usage {
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
  readonly profiles: readonly string[];
  readonly projectName: string | undefined;
}

/** Every compose command line in a text. Words are split at blanks; quotes around them go. */
export function findUsages(text: string): readonly Usage[] {
  return [...text.matchAll(/\bdocker[- ]compose[ \t]+([^\n;&|)]*)/g)].map((match) => parseUsage(match[1] ?? ''));
}

function parseUsage(line: string): Usage {
  const words = line.split(/[ \t]+/).map((word) => word.replace(/^['"`]+|['"`,]+$/g, ''));
  const options = readOptions(words);
  const all = (...names: readonly string[]): readonly string[] =>
    options.filter((option) => names.includes(option.name)).map((option) => option.value);
  return {
    files: all('-f', '--file'),
    envFiles: all('--env-file'),
    profiles: all('--profile'),
    projectName: all('-p', '--project-name').at(-1),
  };
}

interface GivenOption {
  readonly name: string;
  readonly value: string;
}

/** Options before the subcommand; what stands after it is the subcommand's own. */
function readOptions(words: readonly string[]): readonly GivenOption[] {
  const [word, next, ...rest] = words;
  if (word === undefined || !word.startsWith('-')) return [];
  const [name = '', ...value] = word.split('=');
  if (value.length > 0) return [{ name, value: value.join('=') }, ...readOptions(words.slice(1))];
  if (!VALUED.has(word)) return readOptions(words.slice(1));
  return next === undefined ? [] : [{ name: word, value: next }, ...readOptions(rest)];
}

const VALUED = new Set([
  '-f',
  '--file',
  '-p',
  '--project-name',
  '--env-file',
  '--profile',
  '--project-directory',
  '--ansi',
  '--progress',
  '--parallel',
]);
