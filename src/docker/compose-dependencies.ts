import { dirname, isAbsolute, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import type { Files } from '#system/files.ts';
import type { ComposeInputs } from './compose.ts';
import { namesDefinedIn, namesUsedIn } from './compose-env.ts';
import { referencesIn } from './compose-references.ts';
import { type ModelDependencies, stampFiles } from './file-stamps.ts';

/**
 * Follows `include`, `extends: file` and `env_file` from the compose files. undefined when a path cannot be known without
 * interpolating it, or lies on another machine: then nothing tells whether a cached model is still true.
 */
export async function findDependencies(files: Files, inputs: ComposeInputs): Promise<ModelDependencies | undefined> {
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
  return { files: await stampFiles(files, [...found.keys()]), names: [...used].filter((name) => !defined.has(name)).sort() };
}

async function readInto(files: Files, path: string, found: Map<string, string>): Promise<string | undefined> {
  const text = (await files.stat(path))?.kind === 'file' ? await files.readText(path) : undefined;
  found.set(path, text ?? '');
  return text;
}

function isUnknowable(path: string): boolean {
  return path.includes('$') || /^([a-z]+:|git@|~)/i.test(path);
}
