import path from 'node:path';
import type { SourceLocation } from '#domain/location.ts';
import type { Files } from '#system/files.ts';
import { findUsages, type Usage } from './infer-usage.ts';
import type { ProfileSettings } from './schema.ts';
import { SHORT_NAME } from './schema-values.ts';

/** What package.json and Makefile add to a guess. */
export interface ScriptFacts {
  /** package.json scripts as commands on the host. */
  readonly commands: NonNullable<ProfileSettings['commands']>;
  /** Where a command stands. */
  locate(command: string): SourceLocation;
  /** How scripts call compose. */
  readonly usages: readonly Usage[];
}

/** Reads package.json and Makefile. Broken ones say nothing. */
export async function readScriptFacts(files: Files, root: string): Promise<ScriptFacts> {
  const file = path.join(root, 'package.json');
  const names: readonly string[] = await files.list(root).catch(() => []);
  const read = async (name: string): Promise<string> =>
    names.includes(name) ? ((await files.readText(path.join(root, name)).catch(() => '')) ?? '') : '';
  const [text, ...others] = await Promise.all(['package.json', 'Makefile', 'makefile', 'justfile', 'Taskfile.yml'].map(read));
  const manifest = parseManifest(text ?? '');
  const runner = `${packageManager(manifest.packageManager, names)} run`;
  const commands = Object.keys(manifest.scripts)
    .filter((name) => SHORT_NAME.test(name) && !LIFECYCLE.test(name))
    .map((name) => [name, { run: 'host' as const, command: `${runner} ${name}` }] as const);
  return {
    commands: Object.fromEntries(commands),
    locate: (command) => locateScript(file, text ?? '', command),
    usages: [...Object.values(manifest.scripts), ...others].flatMap(findUsages),
  };
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly packageManager: string | undefined;
}

function parseManifest(text: string): Manifest {
  const { scripts, packageManager: manager } = asMap(parseJson(text));
  const texts = Object.entries(asMap(scripts)).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { scripts: Object.fromEntries(texts), packageManager: typeof manager === 'string' ? manager : undefined };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}

/** Scripts that the package manager runs by itself. */
const LIFECYCLE = /^(pre|post)?(install|publish|pack|prepare|version|uninstall)(Only)?$|^prepublishOnly$/;

function packageManager(declared: string | undefined, names: readonly string[]): string {
  const name = declared?.split('@')[0] ?? '';
  if (['npm', 'pnpm', 'yarn', 'bun'].includes(name)) return name;
  return LOCK_FILES.find(([file]) => names.includes(file))?.[1] ?? 'npm';
}

const LOCK_FILES: readonly (readonly [string, string])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
];

function locateScript(file: string, text: string, name: string): SourceLocation {
  const lines = text.split('\n');
  const scripts = lines.findIndex((line) => /"scripts"\s*:/.test(line));
  const index = lines.findIndex((line, number) => number >= scripts && line.includes(`${JSON.stringify(name)}:`));
  const column = (lines[index] ?? '').indexOf(JSON.stringify(name)) + 1;
  return index === -1 ? { file, line: 1, column: 1 } : { file, line: index + 1, column };
}
