import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Profile } from '#domain/profile.ts';
import type { LoadedProfiles } from '#profiles/build-profiles.ts';
import { findProject } from '#profiles/find-project.ts';
import { loadProfiles } from '#profiles/load-profiles.ts';
import { createFiles } from '#system/files.ts';

export const files = createFiles();

/** A directory `shop` with these files, path → content, removed after the test. Returns its path. */
export async function temporaryProject(contents: Readonly<Record<string, string | Uint8Array>>, name = 'shop'): Promise<string> {
  const parent = await realpath(await mkdtemp(path.join(tmpdir(), 'devctl-profiles-')));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const root = path.join(parent, name);
  await mkdir(path.join(root, '.git'), { recursive: true });
  for (const [file, content] of Object.entries(contents)) {
    const target = path.join(root, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return root;
}

/** Finds and loads the project of a directory. */
export async function loadAt(root: string, env: Readonly<Record<string, string>> = {}): Promise<LoadedProfiles> {
  const project = await findProject({ files, cwd: root, directory: undefined, home: undefined });
  return loadProfiles({ files, env, project });
}

/** The same for a project made of these files. */
export async function loadProject(
  contents: Readonly<Record<string, string | Uint8Array>>,
  env: Readonly<Record<string, string>> = {},
): Promise<LoadedProfiles & { readonly root: string }> {
  const root = await temporaryProject(contents);
  return { ...(await loadAt(root, env)), root };
}

/** The profile of this name; fails with its error when it is broken. */
export function profileOf(loaded: LoadedProfiles, name: string): Profile {
  for (const one of loaded.profiles) {
    if ('error' in one && one.name === name) throw one.error;
    if ('profile' in one && one.profile.name === name) return one.profile;
  }
  throw new Error(`no profile ${name} among ${loaded.profiles.map((one) => ('profile' in one ? one.profile.name : one.name)).join(', ')}`);
}

/** Messages of the broken profiles by name. */
export function errorsOf(loaded: LoadedProfiles): Readonly<Record<string, string>> {
  return Object.fromEntries(loaded.profiles.flatMap((one) => ('error' in one ? [[one.name, one.error.message]] : [])));
}
