import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findProject } from '#profiles/find-project.ts';
import { loadProfiles } from '#profiles/load-profiles.ts';
import { files, profileOf, temporaryProject } from './temporary-project.ts';

const COMPOSE = 'services:\n  web:\n    image: busybox\n';
const OVERLAY = 'services:\n  web:\n    ports: []\n';

async function cachedProject(contents: Readonly<Record<string, string>>) {
  const root = await temporaryProject(contents);
  const cache = path.join(root, '..', 'cache');
  const project = await findProject({ files, cwd: root, directory: undefined, home: undefined });
  const load = async (env: Readonly<Record<string, string>> = {}) => ({ loaded: await loadProfiles({ files, env, project, cache }) });
  return { root, cache, load };
}

async function keptFile(cache: string): Promise<string> {
  const [name = ''] = await readdir(path.join(cache, 'profiles'));
  return path.join(cache, 'profiles', name);
}

describe('kept profiles', () => {
  test('come back equal, and only the owner can read them', async () => {
    const { load, cache } = await cachedProject({ 'compose.yaml': COMPOSE, 'compose.test.yaml': OVERLAY });
    const first = await load();
    const second = await load();
    expect(second.loaded).toEqual(first.loaded);
    expect((await stat(await keptFile(cache))).mode & 0o777).toBe(0o600);
  });

  test.each<[string, (root: string) => Promise<void>]>([
    ['a file changes', (root) => writeFile(path.join(root, 'compose.yaml'), 'services:\n  web:\n    image: alpine\n')],
    ['a file appears', (root) => writeFile(path.join(root, 'compose.prod.yaml'), OVERLAY)],
    ['a file goes', (root) => rm(path.join(root, 'compose.test.yaml'))],
    ['.env appears', (root) => writeFile(path.join(root, '.env'), 'A=1\n')],
  ])('are made anew when %s', async (_, change) => {
    const { root, load, cache } = await cachedProject({ 'compose.yaml': COMPOSE, 'compose.test.yaml': OVERLAY });
    await load();
    const before = await readFile(await keptFile(cache), 'utf8');
    await change(root);
    await load();
    expect(await readFile(await keptFile(cache), 'utf8')).not.toBe(before);
  });

  test('are made anew when COMPOSE_FILE changes', async () => {
    const { load } = await cachedProject({ 'compose.yaml': COMPOSE, 'other.yaml': COMPOSE });
    await load();
    const { loaded } = await load({ COMPOSE_FILE: 'other.yaml' });
    expect(profileOf(loaded, 'dev').compose?.files[0]).toMatch(/other\.yaml$/);
  });

  test('hold no values of env files or of the environment', async () => {
    const { load, cache } = await cachedProject({ 'compose.yaml': COMPOSE, '.env': 'PASSWORD=hunter2\n' });
    await load({ PASSWORD: 'hunter3', COMPOSE_PROFILES: 'tools' });
    expect(await readFile(await keptFile(cache), 'utf8')).not.toMatch(/hunter/);
  });

  test('nothing is kept of a project with a broken profile', async () => {
    const { load, cache } = await cachedProject({ 'compose.yaml': COMPOSE, 'compose.test.yaml': '[' });
    await load();
    await expect(readdir(cache)).rejects.toThrow('ENOENT');
  });

  test('a torn cache or one that cannot be written only costs time', async () => {
    const { root, load, cache } = await cachedProject({ 'compose.yaml': COMPOSE });
    const { loaded } = await load();
    await writeFile(await keptFile(cache), '{"key":');
    expect((await load()).loaded).toEqual(loaded);
    await rm(cache, { recursive: true });
    await writeFile(path.join(root, '..', 'cache'), 'a file');
    expect((await load()).loaded).toEqual(loaded);
  });
});
