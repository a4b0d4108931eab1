import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { mayBeRemembered, pinProfile, readRemembered, rememberProfile } from '#profiles/remember.ts';
import { files, loadProject, profileOf } from './temporary-project.ts';

const COMPOSE = 'services:\n  web:\n    image: busybox\n';

async function place() {
  const loaded = await loadProject({ 'compose.dev.yaml': COMPOSE, 'compose.prod.yaml': COMPOSE });
  const state = path.join(loaded.root, '..', 'state');
  return { loaded, state, memory: { files, locations: { state }, project: loaded.project } };
}

test('remembers the last profile and the pin, for one project, readable by its owner only', async () => {
  const { loaded, state, memory } = await place();
  expect(await readRemembered(memory)).toEqual({ lastUsed: undefined, pinned: undefined });
  await rememberProfile(memory, profileOf(loaded, 'dev'));
  await pinProfile(memory, 'prod');
  expect(await readRemembered(memory)).toEqual({ lastUsed: 'dev', pinned: 'prod' });
  expect(await readRemembered({ ...memory, project: { root: '/elsewhere' } })).toEqual({ lastUsed: undefined, pinned: undefined });
  await pinProfile(memory, undefined);
  expect(await readRemembered(memory)).toEqual({ lastUsed: 'dev', pinned: undefined });
  const [name = ''] = await readdir(path.join(state, 'projects'));
  expect((await stat(path.join(state, 'projects', name))).mode & 0o777).toBe(0o600);
});

test('a protected profile is never the last used one', async () => {
  const { loaded, memory } = await place();
  const prod = profileOf(loaded, 'prod');
  expect(mayBeRemembered(prod)).toBe(false);
  await expect(rememberProfile(memory, prod)).rejects.toMatchObject({ kind: 'usage', hint: expect.stringContaining('--this-machine') });
  expect(await readRemembered(memory)).toEqual({ lastUsed: undefined, pinned: undefined });
});

test('a torn file is forgotten, not an error', async () => {
  const { loaded, state, memory } = await place();
  await rememberProfile(memory, profileOf(loaded, 'dev'));
  const [name = ''] = await readdir(path.join(state, 'projects'));
  const file = path.join(state, 'projects', name);
  for (const content of [(await readFile(file, 'utf8')).slice(0, 20), '[]', 'null', '{"lastUsed":3}']) {
    await writeFile(file, content);
    expect(await readRemembered(memory)).toEqual({ lastUsed: undefined, pinned: undefined });
  }
});
