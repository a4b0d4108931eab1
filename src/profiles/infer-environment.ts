import path from 'node:path';
import type { SourceLocation } from '#domain/location.ts';
import type { Files } from '#system/files.ts';
import { PROJECT_NAME } from './project-name.ts';

/** What COMPOSE_* variables say, from devctl's own environment or, where that is silent, from the project's `.env`. */
export interface ComposeEnvironment {
  readonly files: readonly string[] | undefined;
  readonly profiles: readonly string[];
  readonly projectName: string | undefined;
  readonly envFiles: readonly string[] | undefined;
  /** Where the value of a variable stands. */
  locate(variable: ComposeVariable): SourceLocation;
}

/** Variables that a guess depends on. */
const COMPOSE_VARIABLES = [
  'COMPOSE_FILE',
  'COMPOSE_PATH_SEPARATOR',
  'COMPOSE_PROFILES',
  'COMPOSE_PROJECT_NAME',
  'COMPOSE_ENV_FILES',
] as const;

type ComposeVariable = (typeof COMPOSE_VARIABLES)[number];

/** Reads them as compose would: the environment first, then `.env`; an empty value is none. */
export async function readComposeEnvironment(
  files: Files,
  root: string,
  env: Readonly<Record<string, string>>,
): Promise<ComposeEnvironment> {
  const file = path.join(root, '.env');
  const text = (await files.readText(file).catch(() => undefined)) ?? '';
  const entries = new Map(COMPOSE_VARIABLES.map((name) => [name, entryOf(name, env, { file, text })]));
  const value = (name: ComposeVariable): string | undefined => entries.get(name)?.value;
  const projectName = value('COMPOSE_PROJECT_NAME');
  return {
    files: split(value('COMPOSE_FILE'), value('COMPOSE_PATH_SEPARATOR') ?? path.delimiter),
    profiles: split(value('COMPOSE_PROFILES'), ',') ?? [],
    projectName: projectName !== undefined && PROJECT_NAME.test(projectName) ? projectName : undefined,
    envFiles: split(value('COMPOSE_ENV_FILES'), ','),
    locate: (name) => entries.get(name)?.at ?? { file, line: 1, column: 1 },
  };
}

interface Entry {
  readonly value: string;
  readonly at: SourceLocation;
}

function entryOf(
  name: ComposeVariable,
  env: Readonly<Record<string, string>>,
  dotenv: { readonly file: string; readonly text: string },
): Entry | undefined {
  const own = env[name];
  if (own !== undefined && own !== '') return { value: own, at: { file: `$${name}`, line: 1, column: 1 } };
  const lines = dotenv.text.split(/\r?\n/);
  const index = lines.findLastIndex((line) => new RegExp(`^\\s*(export\\s+)?${name}\\s*[=:]`).test(line));
  const value = (lines[index] ?? '').replace(/^[^=:]*[=:]\s*/, '').trim();
  const bare = /^(['"])(.*?)\1/.exec(value)?.[2] ?? value.replace(/\s+#.*$/, '');
  return index === -1 || bare === '' ? undefined : { value: bare, at: { file: dotenv.file, line: index + 1, column: 1 } };
}

function split(value: string | undefined, separator: string): readonly string[] | undefined {
  const parts = value
    ?.split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts === undefined || parts.length === 0 ? undefined : parts;
}
