import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireEngine, type ScratchEngine, startScratchEngine } from '../engine.ts';
import { makeStack, type TestStack } from '../stack.ts';
import { composeUp, docker, type LiveSession, watchStack } from './session-stack.ts';

const COMPOSE = `
services:
  worker:
    image: busybox
    init: true
    command: sh -c 'i=0; while true; do i=$$((i+1)); echo line $$i; sleep 0.05; done'
  once: {image: busybox, init: true, command: sleep 600}
`;

describe.runIf(requireEngine())('a daemon that goes and comes back', () => {
  let engine: ScratchEngine;
  let stack: TestStack;
  let live: LiveSession;
  const lines = () => live.session.logs.tail(['worker'], 100_000).map((line) => line.text);

  beforeAll(async () => {
    engine = await startScratchEngine();
    await engine.load(['busybox']);
    process.env.DOCKER_HOST = engine.host;
    stack = makeStack('session-daemon', { 'compose.yaml': COMPOSE }, { DOCKER_HOST: engine.host });
    await composeUp(stack);
    live = watchStack(stack, { socket: engine.socket });
    await live.session.ready;
    live.session.watch({ stats: ['worker'], logs: ['worker'], logLines: 10_000 });
    await live.until(() => lines().length > 10);
  });
  afterAll(async () => {
    await live?.stop();
    stack?.cleanUp();
    await engine?.stop();
    delete process.env.DOCKER_HOST;
  });

  test('is shown as lost within 2 s, with what to do', async () => {
    await engine.kill();
    await live.until((state) => state.connection.status === 'lost', 2000);
    expect(live.session.getState().connection).toMatchObject({ status: 'lost', error: expect.any(String), hint: expect.any(String) });
    expect(Object.keys(live.session.getState().containers)).toHaveLength(2);
  });

  test('is recovered from: everything is listed anew and events come again', async () => {
    await engine.resume();
    await live.until((state) => state.connection.status === 'connected');
    await live.until(() => live.view('worker')?.condition === 'stopped' && live.view('once')?.condition === 'stopped');
    await docker('start', 'session-daemon-once-1', 'session-daemon-worker-1');
    await live.until(() => live.view('worker')?.condition === 'running' && live.view('once')?.condition === 'running');
  });

  test('logs go on, none lost and none doubled', async () => {
    const before = lines().length;
    await live.until(() => lines().length > before + 20);
    await docker('stop', 'session-daemon-worker-1');
    await live.until(() => live.view('worker')?.condition === 'stopped');
    const written = (await docker('logs', 'session-daemon-worker-1')).split('\n');
    await live.until(() => lines().at(-1) === written.at(-1));
    expect(lines()).toEqual(written.slice(-lines().length));
  });
});
