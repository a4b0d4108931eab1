import { dirname, isAbsolute, resolve } from 'node:path';
import type { Files } from '#system/files.ts';
import type { ComposeInputs } from './compose.ts';
import { namesDefinedIn, namesUsedIn } from './compose-env.ts';
import { referencesIn } from './compose-references.ts';

/** What a merged model was made from, as far as it can be seen without merging. */
export interface ModelDependencies {
  /** Path → `modified:size:inode`; null for a file that is not there (and would count if it were). */
  readonly files: Readonly<Record<string, string | null>>;
  /** Variables of the environment that the files interpolate and no env file defines. */
  readonly names: readonly string[];
}

/**
 * Follows `include`, `extends: file` and `env_file` from the compose files. undefined when a path cannot be known without
 * interpolating it, or lies on another machine: then nothing tells whether a cached model is still true.
 */
export async function findDependencies(files: Files, inputs: ComposeInputs): Promise<ModelDependencies | undefined> {
  const { parseDocument } = await import('yaml');
  const found = new Map<string, string>();
  const used = new Set<string>();
  const waiting = inputs.files.map((file) => ({ file, bases: [inputs.projectDirectory] }));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    if (found.has(next.file)) continue;
    const text = await readInto(files, next.file, found);
    if (text === undefined) continue;
    for (const name of namesUsedIn(text)) used.add(name);
    const named = referencesIn(parseDocument(text, { logLevel: 'silent', merge: true }).toJS({ maxAliasCount: 1000 }));
    if ([...named.compose, ...named.env].some(isUnknowable)) return undefined;
    // A path counts from the project directory or from the file's own, depending on how the file was reached: both are watched.
    const bases = [...next.bases, dirname(next.file)];
    const resolved = (path: string): readonly string[] => (isAbsolute(path) ? [path] : bases.map((base) => resolve(base, path)));
    waiting.push(...named.compose.flatMap(resolved).map((file) => ({ file, bases: [dirname(file)] })));
    for (const path of named.env.flatMap(resolved)) await readInto(files, path, found);
    // An included project reads its own .env.
    for (const path of named.compose.flatMap(resolved)) await readInto(files, resolve(dirname(path), '.env'), found);
  }
  const defined = new Set<string>();
  for (const path of inputs.envFiles) {
    const text = (await readInto(files, path, found)) ?? '';
    for (const name of namesDefinedIn(text)) defined.add(name);
    for (const name of namesUsedIn(text)) used.add(name);
  }
  return { files: await stampAll(files, [...found.keys()]), names: [...used].filter((name) => !defined.has(name)).sort() };
}

/** Whether all files are as they were. */
export async function areUnchanged(files: Files, stamps: ModelDependencies['files']): Promise<boolean> {
  const now = await stampAll(files, Object.keys(stamps));
  return Object.entries(stamps).every(([path, stamp]) => now[path] === stamp);
}

async function stampAll(files: Files, paths: readonly string[]): Promise<Readonly<Record<string, string | null>>> {
  const stamps = await Promise.all(
    paths.map(async (path) => {
      const facts = await files.stat(path);
      return [path, facts ? `${facts.modifiedMs}:${facts.size}:${facts.inode}` : null] as const;
    }),
  );
  return Object.fromEntries(stamps);
}

async function readInto(files: Files, path: string, found: Map<string, string>): Promise<string | undefined> {
  const text = (await files.stat(path))?.kind === 'file' ? await files.readText(path) : undefined;
  found.set(path, text ?? '');
  return text;
}

function isUnknowable(path: string): boolean {
  return path.includes('$') || /^([a-z]+:|git@|~)/i.test(path);
}
