import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DockerEdges, dockerEdges, recordEvents, waitFor } from '../docker-edges.ts';
import { requireEngine, type ScratchEngine, startScratchEngine } from '../engine.ts';

describe.runIf(requireEngine())('an engine that goes away', () => {
  let engine: ScratchEngine;
  let edges: DockerEdges;
  const directory = mkdtempSync(join(tmpdir(), 'devctl-restart-'));
  const docker = (...args: string[]): string =>
    execFileSync('docker', args, { encoding: 'utf8', env: { ...process.env, DOCKER_HOST: engine.host } }).trim();

  beforeAll(async () => {
    engine = await startScratchEngine();
    await engine.load(['busybox']);
    edges = await dockerEdges(directory, { host: engine.host });
  });

  afterAll(async () => {
    edges.engine.close();
    await engine.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('the feed asks for a new list after a restart and after a crash, and events go on', async () => {
    const { feed, told, stop } = recordEvents(edges.engine, 'again');
    await waitFor(() => expect(feed.onConnected).toHaveBeenCalledTimes(1));
    const run = (name: string) =>
      docker(
        'create',
        '--name',
        name,
        '--label',
        'com.docker.compose.project=again',
        '--label',
        'com.docker.compose.service=web',
        'busybox',
      );
    run('one');
    await waitFor(() => expect(told()).toEqual(['container create web']));

    await engine.restart();
    await waitFor(() => expect(feed.onConnected).toHaveBeenCalledTimes(2));
    run('two');
    await waitFor(() => expect(told()).toHaveLength(2));

    await engine.kill();
    await waitFor(() => expect(feed.onDisconnected.mock.calls.length).toBeGreaterThanOrEqual(2));
    await expect(edges.engine.containers('again')).rejects.toMatchObject({
      kind: 'environment',
      hint: expect.stringContaining('Start Docker'),
    });
    await engine.resume();
    await waitFor(() => expect(feed.onConnected).toHaveBeenCalledTimes(3));
    run('three');
    await waitFor(() => expect(told()).toHaveLength(3));
    expect((await edges.engine.containers('again')).map((one) => one.name).toSorted()).toEqual(['one', 'three', 'two']);
    stop();
  });

  it('a followed log ends with the engine and does not take devctl down', async () => {
    const id = docker('run', '--detach', 'busybox', 'sh', '-c', 'echo here; sleep 3600');
    const onLine = vi.fn();
    const following = edges.engine
      .logs(id, { follow: true, tail: undefined, since: undefined, until: undefined, tty: false, onLine }, new AbortController().signal)
      .catch((error: unknown) => error);
    await waitFor(() => expect(onLine).toHaveBeenCalledTimes(1));
    await engine.kill();
    expect(await following).toMatchObject({ kind: 'environment' });
    await engine.resume();
  });
});
