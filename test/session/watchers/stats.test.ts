import { expect, test } from 'vitest';
import { initialState } from '#session/reducer.ts';
import { createSessionStore } from '#session/store.ts';
import { watchEngine } from '#session/watchers/engine-events.ts';
import { cpuPercent, watchStats } from '#session/watchers/stats.ts';
import { fakeEngine } from '../../fakes/engine.ts';
import { manualClock, settle } from '../../fakes/manual-clock.ts';
import { aContainer, anExited, aSample, factsOf } from '../builders.ts';

async function sampling(...containers: Parameters<typeof fakeEngine>[0] & object) {
  const engine = fakeEngine(containers);
  for (const one of containers) engine.samples.set(one.id, aSample());
  const clock = manualClock();
  const store = createSessionStore(initialState(factsOf()), () => undefined);
  const { signal } = new AbortController();
  const { read } = watchEngine(store, { engine, project: 'shop', clock }, signal);
  const watcher = watchStats(store, { engine, clock, read }, signal);
  engine.connect();
  await settle();
  const taken = () => engine.asked.filter((one) => one.startsWith('stats'));
  return { engine, clock, store, watcher, taken };
}

test('nothing is sampled and nothing sleeps while nothing is on screen', async () => {
  const { clock, taken } = await sampling(aContainer('api'));
  await clock.advance(60_000);
  expect(taken()).toEqual([]);
  expect(clock.sleepers()).toBe(0);
});

test('only running containers of the wished services, every two seconds, a second time sooner', async () => {
  const { clock, watcher, taken } = await sampling(aContainer('api'), aContainer('db'), anExited('worker', 1));
  watcher.wish(['api', 'worker']);
  await settle();
  expect(taken()).toEqual(['stats api-1']);
  await clock.advance(500);
  expect(taken()).toHaveLength(2);
  await clock.advance(6000);
  expect(taken()).toHaveLength(5);
});

test('CPU of two samples is in the state', async () => {
  const { engine, clock, store, watcher } = await sampling(aContainer('api'));
  watcher.wish(['api']);
  await settle();
  expect(store.getState().stats['api-1']?.cpuPercent).toBeUndefined();
  engine.samples.set('api-1', aSample({ cpuTotal: 250, systemTotal: 1000 }));
  await clock.advance(500);
  expect(store.getState().stats['api-1']).toMatchObject({ cpuPercent: 50, cpuHistory: [50] });
});

test('ends when the last one is gone from the screen or has stopped, and starts with it', async () => {
  const { engine, clock, watcher, taken } = await sampling(aContainer('api'));
  watcher.wish(['api']);
  await clock.advance(500);
  engine.world.set('api-1', anExited('api', 0));
  engine.emit({ action: 'die', id: 'api-1', attributes: { exitCode: '0' } });
  await clock.advance(60_000);
  const before = taken().length;
  expect(clock.sleepers()).toBe(0);
  engine.world.set('api-1', aContainer('api'));
  engine.emit({ action: 'start', id: 'api-1' });
  await settle();
  expect(taken().length).toBe(before + 1);
});

test('a service that comes on screen is sampled at once', async () => {
  const { clock, watcher, taken } = await sampling(aContainer('api'), aContainer('db'));
  watcher.wish(['api']);
  await clock.advance(700);
  watcher.wish(['api', 'db']);
  await settle();
  expect(taken()).toContain('stats db-1');
});

test('what a failing check says is read anew, since it makes no events', async () => {
  const failing = aContainer('api', { health: 'unhealthy', failingStreak: 3 });
  const { engine, clock, store, watcher } = await sampling(failing, aContainer('db', { health: 'healthy' }));
  watcher.wish(['api', 'db']);
  engine.world.set('api-1', { ...failing, failingStreak: 7 });
  engine.asked.length = 0;
  await clock.advance(500);
  expect(store.getState().containers['api-1']?.failingStreak).toBe(7);
  expect(engine.asked).not.toContain('container db-1');
});

test('a lost engine is not asked', async () => {
  const { engine, clock, watcher, taken } = await sampling(aContainer('api'));
  watcher.wish(['api']);
  await settle();
  engine.disconnect();
  await clock.advance(60_000);
  expect(taken().length).toBeLessThanOrEqual(2);
  expect(clock.sleepers()).toBe(0);
});

test.each([
  [{ cpuTotal: 100, systemTotal: 100 }, { cpuTotal: 200, systemTotal: 300 }, 100],
  [{ cpuTotal: 100, systemTotal: 100 }, { cpuTotal: 100, systemTotal: 300 }, 0],
  [{ cpuTotal: 900, systemTotal: 100 }, { cpuTotal: 10, systemTotal: 300 }, undefined],
  [{ cpuTotal: 1, systemTotal: 100 }, { cpuTotal: 1, systemTotal: 100 }, undefined],
])('cpuPercent of %o and %o is %s', (before, after, percent) => {
  expect(cpuPercent(aSample(before), aSample(after))).toBe(percent);
});
