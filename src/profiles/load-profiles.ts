import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Project } from '#domain/profile.ts';
import { compareText } from '#domain/text.ts';
import type { Files } from '#system/files.ts';
import type { LoadedProfiles } from './build-profiles.ts';
import { isUnchanged, type Observation, recordFiles } from './recorded-files.ts';

export interface LoadRequest {
  readonly files: Files;
  /** devctl's own environment; only COMPOSE_* is looked at. */
  readonly env: Readonly<Record<string, string>>;
  readonly project: Project;
  /** Directory for results (`locations.cache`); undefined: nothing is kept. */
  readonly cache?: string | undefined;
}

/**
 * All profiles of a project, declared or inferred; broken ones with their error. Throws `usage` when devctl.yaml itself is broken.
 * A result is kept until a file or directory that it was made from changes, so that most starts need neither yaml nor zod.
 */
export async function loadProfiles(request: LoadRequest): Promise<LoadedProfiles> {
  const { files, env, project, cache } = request;
  if (cache === undefined) return build(files, request);
  const file = path.join(cache, 'profiles', `${hash(project.root)}.json`);
  const key = hash(JSON.stringify([VERSION, await programStamp(files), project, composeVariables(env)]));
  const kept = await readKept(files, file);
  if (kept?.key === key && (await isUnchanged(files, kept.observations))) return kept.loaded;
  const recorded = recordFiles(files);
  const loaded = await build(recorded.files, request);
  if (isWorthKeeping(loaded)) await keep(files, file, { key, observations: recorded.observations(), loaded });
  return loaded;
}

/** Changes with the shape of what is kept. */
const VERSION = 1;

interface Kept {
  readonly key: string;
  readonly observations: readonly Observation[];
  readonly loaded: LoadedProfiles;
}

/** yaml and zod come with this import, and take longer to load than everything else here. */
async function build(files: Files, { env, project }: LoadRequest): Promise<LoadedProfiles> {
  const { buildProfiles } = await import('./build-profiles.ts');
  return buildProfiles({ files, env, project });
}

/** Errors are made anew each time: they hold more than JSON can. */
function isWorthKeeping(loaded: LoadedProfiles): boolean {
  return loaded.profiles.every((one) => 'profile' in one);
}

/** Another build of devctl may guess otherwise. */
async function programStamp(files: Files): Promise<string> {
  const facts = await files.stat(fileURLToPath(import.meta.url));
  return `${facts?.size}:${facts?.modifiedMs}`;
}

function composeVariables(env: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(env)
    .filter(([name]) => name.startsWith('COMPOSE_'))
    .sort(([a], [b]) => compareText(a, b));
}

/** A kept result that cannot be read is no result; it is only a copy. */
async function readKept(files: Files, file: string): Promise<Kept | undefined> {
  try {
    const text = await files.readText(file);
    return text === undefined ? undefined : (JSON.parse(text) as Kept);
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written (full disk, read-only home) costs time, nothing else. */
async function keep(files: Files, file: string, kept: Kept): Promise<void> {
  await files.writeAtomic(file, JSON.stringify(kept), 0o600).catch(() => undefined);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
