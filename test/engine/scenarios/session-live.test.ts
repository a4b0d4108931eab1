import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overallHealth } from '#session/selectors.ts';
import type { SessionState } from '#session/state.ts';
import { requireEngine } from '../engine.ts';
import { makeStack, type TestStack } from '../stack.ts';
import { composeUp, docker, type LiveSession, watchStack } from './session-stack.ts';

const COMPOSE = `
services:
  web:
    image: devctl/http-app
    environment: {PORT: "3000"}
    healthcheck: {test: wget -qO- http://127.0.0.1:3000/health || exit 1, interval: 1s, timeout: 1s, retries: 2}
    stop_grace_period: 1s
  worker:
    image: busybox
    init: true
    command: sh -c 'i=0; while true; do i=$$((i+1)); echo line $$i; sleep 0.01; done'
    stop_grace_period: 1s
  cache:
    image: redis:7-alpine
`;

describe.runIf(requireEngine())('a session on a real engine', () => {
  let stack: TestStack;
  let live: LiveSession;
  const id = (service: string) => `session-live-${service}-1`;
  const status = (state: SessionState, service: string) => Object.values(state.containers).find((one) => one.service === service)?.status;
  const health = (state: SessionState, service: string) => Object.values(state.containers).find((one) => one.service === service)?.health;

  beforeAll(async () => {
    stack = makeStack('session-live', { 'compose.yaml': COMPOSE });
    live = watchStack(stack);
    await live.session.ready;
    await composeUp(stack);
    await live.until((state) => overallHealth(state).status === 'healthy');
  });
  afterAll(async () => {
    await live?.stop();
    stack?.cleanUp();
  });

  test.each([
    ['nothing else going on', []],
    ['the log of a chatty service followed', ['worker']],
  ])('shows what happens from outside within 150 ms (p95), %s', async (what, logs) => {
    live.session.watch({ stats: ['web', 'worker', 'cache'], logs });
    const latencies: number[] = [];
    const show = async (action: string, service: string, isShown: (state: SessionState) => boolean, run: () => Promise<unknown>) => {
      const from = live.events.length;
      const shown = live.until(isShown).then(() => Date.now());
      await run();
      const at = await shown;
      const cause = live.events
        .slice(from)
        .find(({ event }) => event.kind === 'container' && event.action === action && event.service === service);
      if (cause) latencies.push(at - cause.at);
    };
    for (let round = 0; round < 5; round++) {
      await show(
        'pause',
        'cache',
        (s) => status(s, 'cache') === 'paused',
        () => docker('pause', id('cache')),
      );
      await show(
        'unpause',
        'cache',
        (s) => status(s, 'cache') === 'running',
        () => docker('unpause', id('cache')),
      );
      await show(
        'die',
        'cache',
        (s) => status(s, 'cache') === 'exited',
        () => docker('stop', id('cache')),
      );
      await show(
        'start',
        'cache',
        (s) => status(s, 'cache') === 'running',
        () => docker('start', id('cache')),
      );
      await show(
        'die',
        'cache',
        (s) => status(s, 'cache') === 'exited',
        () => docker('kill', id('cache')),
      );
      await show(
        'start',
        'cache',
        (s) => status(s, 'cache') === 'running',
        () => docker('restart', id('cache')),
      );
    }
    const ill = (s: SessionState) => health(s, 'web') === 'unhealthy';
    const well = (s: SessionState) => health(s, 'web') === 'healthy';
    await show('health_status', 'web', ill, () => docker('exec', id('web'), 'mv', '/www/health', '/www/ill'));
    await show('health_status', 'web', well, () => docker('exec', id('web'), 'mv', '/www/ill', '/www/health'));
    await show(
      'destroy',
      'cache',
      (s) => status(s, 'cache') === undefined,
      () => docker('rm', '-f', id('cache')),
    );
    await show(
      'start',
      'cache',
      (s) => status(s, 'cache') === 'running',
      () => composeUp(stack),
    );
    report(`event to state, ${what}`, latencies);
    expect(latencies.length).toBeGreaterThan(25);
    expect(percentile(latencies, 0.95)).toBeLessThan(150);
  });

  test('a failing health check says what it said, also while it goes on failing', async () => {
    live.session.watch({ stats: ['web'], logs: [] });
    await docker('exec', id('web'), 'rm', '/www/health');
    await live.until(() => live.view('web')?.condition === 'unhealthy');
    await live.until(() => (live.view('web')?.containers[0]?.failingStreak ?? 0) >= 5);
    const told = live.session.explain('web');
    expect(told?.headline).toMatch(/^unhealthy, \d+ failed checks in a row/);
    expect(told?.facts.find((one) => one.label === 'Health check')?.value).toContain('wget -qO- http://127.0.0.1:3000/health');
    expect(told?.facts.some((one) => one.label === 'Check exited 1')).toBe(true);
  });

  test('logs go on over restarts: none lost, none doubled', async () => {
    live.session.watch({ stats: [], logs: ['worker'], logLines: 5 });
    const lines = () => live.session.logs.tail(['worker'], 100_000).map((line) => line.text);
    await live.until(() => lines().length > 20);
    for (let round = 0; round < 3; round++) {
      const before = lines().length;
      await docker('restart', id('worker'));
      await live.until(() => lines().length > before + 50);
    }
    await docker('stop', id('worker'));
    await live.until((state) => status(state, 'worker') === 'exited');
    const written = (await docker('logs', id('worker'))).split('\n');
    await live.until(() => lines().at(-1) === written.at(-1));
    expect(lines()).toEqual(written.slice(-lines().length));
    expect(lines().length).toBeGreaterThan(150);
    await docker('start', id('worker'));
  });

  test('lines of a recreated container follow those of the one before', async () => {
    await live.until((state) => status(state, 'worker') === 'running');
    await composeUp(stack, '--force-recreate', 'worker');
    const full = await docker('ps', '-q', '--no-trunc', '--filter', `name=${id('worker')}`);
    const lines = () => live.session.logs.tail(['worker'], 100_000).filter((line) => line.containerId === full);
    await live.until(() => lines().length > 30);
    expect(lines()[0]?.text).toBe('line 1');
    expect(lines().map((line) => line.text)).toEqual(lines().map((_, index) => `line ${index + 1}`));
  });

  test('stats of what is on screen, and of nothing else', async () => {
    live.session.watch({ stats: ['worker'], logs: [] });
    const memory = (service: string) => live.session.getState().stats[live.view(service)?.containers[0]?.id ?? '']?.memoryHistory ?? [];
    await live.until(() => memory('worker').length > 2 && (memory('worker').at(-1) ?? 0) > 0);
    const others = memory('web').length;
    const own = memory('worker').length;
    await live.until(() => memory('worker').length > own);
    expect(memory('web').length).toBe(others);
    live.session.watch({ stats: [], logs: [] });
  });
});

function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? Number.NaN;
}

function report(what: string, latencies: readonly number[]): void {
  const [p50, p95, worst] = [0.5, 0.95, 1].map((part) => percentile(latencies, part).toFixed(1));
  console.log(`${what}: p50 ${p50} ms, p95 ${p95} ms, worst ${worst} ms (${latencies.length} events)`);
}
