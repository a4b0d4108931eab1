import { expect, test } from 'vitest';
import type { Probe } from '#domain/profile.ts';
import { initialState } from '#session/reducer.ts';
import { createSessionStore } from '#session/store.ts';
import { watchEngine } from '#session/watchers/engine-events.ts';
import { watchProbes } from '#session/watchers/probes.ts';
import type { HttpAnswer } from '#system/network.ts';
import { fakeEngine } from '../../fakes/engine.ts';
import { manualClock, settle } from '../../fakes/manual-clock.ts';
import { aContainer, anExited, aProbe, aProfile, factsOf } from '../builders.ts';

async function probing(probes: readonly Probe[], ...containers: Parameters<typeof fakeEngine>[0] & object) {
  const engine = fakeEngine(containers);
  const clock = manualClock(Date.parse('2026-11-20T12:00:00Z'));
  const answer: { now: HttpAnswer } = { now: { status: 200, body: 'ok', ms: 5 } };
  let asked = 0;
  const network = {
    http: async () => {
      asked += 1;
      return answer.now;
    },
    tcp: async () => ({ ms: 1 }),
  };
  const store = createSessionStore(initialState(factsOf(aProfile(probes))), () => undefined);
  const { signal } = new AbortController();
  const watcher = watchProbes(store, { engine, network, clock }, signal);
  watchEngine(store, { engine, project: 'shop', clock }, signal);
  engine.connect();
  await settle();
  const restart = async () => {
    engine.world.set('api-1', aContainer('api', { startedAt: new Date(clock.now()).toISOString() }));
    engine.emit({ action: 'start', id: 'api-1' });
    await settle();
  };
  return { engine, clock, store, watcher, answer, restart, asked: () => asked, status: () => store.getState().probes.api?.status };
}

const failure: HttpAnswer = { status: 503, body: '', ms: 5 };

test('runs at once, then in its own interval', async () => {
  const { clock, asked, status } = await probing([aProbe()], aContainer('api'));
  expect(status()).toBe('healthy');
  await clock.advance(30_000);
  expect(asked()).toBe(4);
});

test('rests while its service does not run, and says so only of what it told before', async () => {
  const { engine, clock, store, asked, status, restart } = await probing([aProbe()], anExited('api', 0), aContainer('db'));
  await clock.advance(60_000);
  expect(asked()).toBe(0);
  expect(clock.sleepers()).toBe(0);
  expect(store.getState().probes).toEqual({});
  await restart();
  expect(status()).toBe('healthy');
  engine.world.set('api-1', anExited('api', 0));
  engine.emit({ action: 'die', id: 'api-1', attributes: { exitCode: '0' } });
  await settle();
  expect(store.getState().probes.api).toMatchObject({ status: 'unknown', output: 'not running' });
  expect(clock.sleepers()).toBe(0);
});

test('a failure right after the start is "starting", asked every second, and a failure when it does not pass', async () => {
  const session = await probing([aProbe()], anExited('api', 0));
  session.answer.now = failure;
  await session.restart();
  expect(session.status()).toBe('starting');
  await session.clock.advance(3000);
  expect(session.asked()).toBe(4);
  await session.clock.advance(15_000);
  expect(session.status()).toBe('unhealthy');
});

test('once it was well since its start, a failure is a failure', async () => {
  const session = await probing([aProbe()], anExited('api', 0));
  session.answer.now = failure;
  await session.restart();
  session.answer.now = { status: 200, body: '', ms: 5 };
  await session.clock.advance(1000);
  expect(session.status()).toBe('healthy');
  session.answer.now = failure;
  await session.watcher.runNow('api');
  expect(session.status()).toBe('unhealthy');
});

test('while its own health check passes, there is no grace', async () => {
  const session = await probing([aProbe()]);
  session.answer.now = failure;
  session.engine.world.set('api-1', aContainer('api', { health: 'healthy', startedAt: new Date(session.clock.now()).toISOString() }));
  session.engine.emit({ action: 'create', id: 'api-1' });
  await settle();
  expect(session.status()).toBe('unhealthy');
});

test('while its own health check is starting, a failure is "starting", however long', async () => {
  const session = await probing([aProbe()]);
  session.answer.now = failure;
  session.engine.world.set('api-1', aContainer('api', { health: 'starting' }));
  session.engine.emit({ action: 'create', id: 'api-1' });
  await settle();
  expect(session.status()).toBe('starting');
});

test('a service that was started anew is asked at once', async () => {
  const { engine, clock, asked, restart } = await probing([aProbe()], aContainer('api'));
  await clock.advance(2000);
  engine.emit({ action: 'die', id: 'api-1', attributes: { exitCode: '0' } });
  await restart();
  expect(asked()).toBe(2);
});

test('a probe without a service runs while anything of the stack does', async () => {
  const { engine, clock, asked } = await probing([aProbe({ service: undefined })], aContainer('db'));
  expect(asked()).toBe(1);
  engine.world.set('db-1', anExited('db', 0));
  engine.emit({ action: 'die', id: 'db-1', attributes: { exitCode: '0' } });
  await clock.advance(60_000);
  expect(asked()).toBe(1);
});

test('an sql probe asks the client in the container of its target', async () => {
  const db = { ...aProbe({ name: 'db', service: undefined }), kind: 'sql', target: 'postgres' } as Probe;
  const { engine, store } = await probing([db], aContainer('postgres', { image: 'postgres:17-alpine' }));
  expect(engine.asked).toContain('probe postgres-1 pg_isready');
  expect(store.getState().probes.db?.status).toBe('healthy');
});

test('a host-only profile is probed without an engine', async () => {
  const clock = manualClock();
  const store = createSessionStore(
    initialState(factsOf({ ...aProfile([aProbe({ service: undefined })]), compose: undefined })),
    () => undefined,
  );
  const network = { http: async () => ({ status: 200, body: '', ms: 3 }), tcp: async () => ({ ms: 1 }) };
  watchProbes(store, { engine: undefined, network, clock }, new AbortController().signal);
  await settle();
  expect(store.getState().probes.api?.status).toBe('healthy');
});
