import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DevctlError } from '#domain/error.ts';
import type { Files } from '#system/files.ts';
import type { DeclaredProfile } from './layer.ts';
import { loadProfileFile } from './load-profile-file.ts';

/** Base profiles that come with devctl. */
const SHIPPED_NAMES = ['dev', 'test', 'e2e', 'prod'] as const;

/** Loads the base profiles of the package. A broken one is a bug. */
export async function loadShippedProfiles(files: Files): Promise<readonly DeclaredProfile[]> {
  const directory = await findShippedDirectory(files);
  return Promise.all(
    SHIPPED_NAMES.map((name) => loadProfileFile(files, { name, file: path.join(directory, `${name}.yaml`), source: 'shipped' })),
  );
}

/** `profiles/` beside the package's code, which is a folder up or two in the sources and in the bundle. */
async function findShippedDirectory(files: Files): Promise<string> {
  const own = path.dirname(fileURLToPath(import.meta.url));
  for (const up of ['..', '../..', '.']) {
    const directory = path.resolve(own, up, 'profiles');
    if ((await files.stat(path.join(directory, 'prod.yaml')))?.kind === 'file') return directory;
  }
  throw new DevctlError('bug', `the base profiles of devctl are missing near ${own}`, { hint: 'Install devctl again.' });
}
