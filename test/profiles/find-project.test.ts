import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DevctlError } from '#domain/error.ts';
import { findProject } from '#profiles/find-project.ts';
import { files, temporaryProject } from './temporary-project.ts';

const COMPOSE = 'services: {}\n';

function find(cwd: string, options: { readonly directory?: string; readonly home?: string } = {}) {
  return findProject({ files, cwd, directory: options.directory, home: options.home });
}

describe('findProject', () => {
  test('takes the nearest devctl.yaml, before a nearer compose file', async () => {
    const root = await temporaryProject({ 'devctl.yaml': 'name: x\n', 'apps/api/compose.yaml': COMPOSE, 'apps/api/src/a.ts': '' });
    expect(await find(path.join(root, 'apps/api/src'))).toEqual({
      name: 'shop',
      root,
      config: path.join(root, 'devctl.yaml'),
      foundBy: 'nearest devctl.yaml',
    });
  });

  test('else the nearest compose file, the one that compose would take first', async () => {
    const root = await temporaryProject({ 'compose.yaml': COMPOSE, 'apps/web/compose.dev.yaml': COMPOSE, 'apps/web/compose.yml': COMPOSE });
    expect(await find(path.join(root, 'apps/web'))).toMatchObject({
      root: path.join(root, 'apps/web'),
      foundBy: 'nearest compose file, compose.yml',
    });
    expect(await find(path.join(root, 'apps'))).toMatchObject({ root, config: undefined });
  });

  test.each(['', 'src', 'docker', 'docker/infisical'])('is the same project from "%s" when the files lie in docker/', async (below) => {
    const root = await temporaryProject({
      'docker/docker-compose.yml': COMPOSE,
      'docker/infisical/docker-compose.infisical.yml': COMPOSE,
      'src/a': '',
    });
    const expected = below === 'docker/infisical' ? path.join(root, 'docker/infisical') : root;
    expect((await find(path.join(root, below))).root).toBe(expected);
  });

  test('never looks past the git root', async () => {
    const root = await temporaryProject({ 'compose.yaml': COMPOSE, 'inner/.git/HEAD': '', 'inner/src/a': '' });
    await expect(find(path.join(root, 'inner/src'))).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(
        /^Not a project directory: there is no devctl\.yaml and no compose file .*inner[/\\]src and the directories above it up to .*inner\.$/,
      ),
      hint: expect.stringContaining('devctl -C DIR'),
    });
  });

  test('never looks past the home directory, and not into its folders', async () => {
    const outer = await realpath(await mkdtemp(path.join(tmpdir(), 'devctl-home-')));
    onTestFinished(() => rm(outer, { recursive: true, force: true }));
    await mkdir(path.join(outer, 'home/docker'), { recursive: true });
    await mkdir(path.join(outer, 'home/work'));
    await writeFile(path.join(outer, 'compose.yaml'), COMPOSE);
    await writeFile(path.join(outer, 'home/docker/compose.yaml'), COMPOSE);
    const home = path.join(outer, 'home');
    await expect(find(path.join(home, 'work'), { home })).rejects.toThrow('Not a project directory');
    await expect(find(home, { home })).rejects.toThrow('Not a project directory');
    expect((await find(path.join(home, 'docker'), { home })).root).toBe(path.join(home, 'docker'));
  });

  test('-C is that directory and no other', async () => {
    const root = await temporaryProject({ 'compose.yaml': COMPOSE, 'src/a': '' });
    expect((await find('/', { directory: root })).root).toBe(root);
    expect((await find(path.join(root, 'src'), { directory: '..' })).root).toBe(root);
    await expect(find('/', { directory: path.join(root, 'src') })).rejects.toThrow(/Not a project directory: .* in .*src\.$/);
    await expect(find(root, { directory: 'nowhere' })).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('nowhere, does not exist.'),
    });
    await expect(find(root, { directory: 'compose.yaml' })).rejects.toThrow('is not a directory');
  });

  test('a directory that cannot be read is told; one above it only ends the search', async () => {
    const root = await temporaryProject({ 'compose.yaml': COMPOSE, 'a/b/c': '' });
    const denied = (where: string) => ({
      ...files,
      list: async (directory: string) => {
        if (directory === where) throw new DevctlError('environment', `${directory} cannot be read: permission denied.`);
        return files.list(directory);
      },
    });
    const cwd = path.join(root, 'a/b');
    await expect(findProject({ files: denied(cwd), cwd, directory: undefined, home: undefined })).rejects.toMatchObject({
      kind: 'usage',
      message: `The directory ${cwd} cannot be read.`,
    });
    await expect(findProject({ files: denied(path.join(root, 'a')), cwd, directory: undefined, home: undefined })).rejects.toThrow(
      'Not a project directory',
    );
  });
});
