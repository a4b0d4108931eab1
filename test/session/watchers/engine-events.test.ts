import { expect, test } from 'vitest';
import type { ContainerState } from '#domain/container.ts';
import { initialState } from '#session/reducer.ts';
import { createSessionStore } from '#session/store.ts';
import { watchEngine } from '#session/watchers/engine-events.ts';
import { fakeEngine } from '../../fakes/engine.ts';
import { manualClock, settle } from '../../fakes/manual-clock.ts';
import { aContainer, anExited, factsOf } from '../builders.ts';

async function watching(...containers: Parameters<typeof fakeEngine>[0] & object) {
  const engine = fakeEngine(containers);
  const store = createSessionStore(initialState(factsOf()), () => undefined);
  const stop = new AbortController();
  const watcher = watchEngine(store, { engine, project: 'shop', clock: manualClock() }, stop.signal);
  engine.connect();
  await settle();
  return { engine, store, stop, watcher };
}

test('lists, connects, and reads every container once, troubled ones first', async () => {
  const { engine, store } = await watching(aContainer('api'), anExited('worker', 1));
  expect(store.getState().connection).toEqual({
    status: 'connected',
    engineVersion: '26.1.5',
    context: 'default',
    endpoint: 'unix:///var/run/docker.sock',
  });
  expect(engine.asked.filter((one) => one.startsWith('container '))).toEqual(['container worker-1', 'container api-1']);
  expect(store.getState().containers['worker-1']).toMatchObject({ exitCode: 1, detailed: true });
});

test('reads only what an event names', async () => {
  const { engine, store } = await watching(aContainer('api'), aContainer('db'));
  engine.asked.length = 0;
  engine.world.set('api-1', anExited('api', 3));
  engine.emit({ action: 'die', id: 'api-1', attributes: { exitCode: '3' } });
  expect(store.getState().containers['api-1']?.status).toBe('exited');
  await settle();
  expect(engine.asked).toEqual(['container api-1']);
});

test('many events of one container are read twice at most: now, and once more for what came meanwhile', async () => {
  const { engine } = await watching(aContainer('api'));
  engine.asked.length = 0;
  for (let i = 0; i < 50; i++) engine.emit({ action: 'start', id: 'api-1' });
  await settle();
  expect(engine.asked).toEqual(['container api-1', 'container api-1']);
});

test('a new container comes in, a destroyed one goes at once', async () => {
  const { engine, store } = await watching();
  engine.world.set('api-1', aContainer('api'));
  engine.emit({ action: 'create', id: 'api-1' });
  await settle();
  expect(Object.keys(store.getState().containers)).toEqual(['api-1']);
  engine.world.delete('api-1');
  engine.emit({ action: 'destroy', id: 'api-1' });
  expect(store.getState().containers).toEqual({});
});

test("another project's container, of which the feed may tell as well, stays out", async () => {
  const { engine, store } = await watching();
  engine.world.set('holder', aContainer('holder', { id: 'holder', project: '' }));
  engine.emit({ action: 'create', id: 'holder' });
  await settle();
  expect(store.getState().containers).toEqual({});
});

test('a start that failed is seen by its network, the only thing that tells', async () => {
  const { engine, store } = await watching(aContainer('web', { status: 'created' }));
  engine.world.set('web-1', aContainer('web', { status: 'created', error: 'port is already allocated' }));
  engine.emitNetwork('disconnect', 'web-1');
  await settle();
  expect(store.getState().containers['web-1']?.error).toBe('port is already allocated');
});

test('a lost connection is told, and everything is listed anew after it', async () => {
  const { engine, store } = await watching(aContainer('api'), aContainer('db'));
  engine.disconnect('read ECONNRESET');
  expect(store.getState().connection).toMatchObject({ status: 'lost', error: 'read ECONNRESET', since: '2026-11-20T12:00:00.000Z' });
  engine.world.delete('db-1');
  engine.world.set('api-1', anExited('api', 143));
  engine.connect();
  await settle();
  expect(store.getState().connection.status).toBe('connected');
  expect(Object.keys(store.getState().containers)).toEqual(['api-1']);
  expect(store.getState().containers['api-1']?.exitCode).toBe(143);
});

test.each(['list', 'resync'] as const)('what happens while the list is on its way is not lost (%s)', async (how) => {
  const { engine, store, watcher } = await watching(aContainer('api'));
  const listed = watcher[how]();
  engine.world.set('api-1', anExited('api', 9));
  engine.emit({ action: 'die', id: 'api-1', attributes: { exitCode: '9' } });
  engine.world.set('db-1', aContainer('db'));
  engine.emit({ action: 'create', id: 'db-1' });
  await listed;
  await settle();
  expect(store.getState().containers).toMatchObject({ 'api-1': { status: 'exited', exitCode: 9 }, 'db-1': { status: 'running' } });
});

test('an answer that was overtaken by an event does not count', async () => {
  const { engine, store } = await watching(aContainer('api'));
  const answers: ((container: ContainerState) => void)[] = [];
  engine.container = () => new Promise((resolve) => answers.push(resolve));
  engine.emit({ action: 'die', id: 'api-1', attributes: { exitCode: '3' } });
  engine.emit({ action: 'start', id: 'api-1' });
  answers.shift()?.(anExited('api', 3));
  await settle();
  expect(store.getState().containers['api-1']?.status).toBe('running');
  expect(answers).toHaveLength(1);
});

test('a list that was overtaken by a newer one does not count', async () => {
  const { engine, store, watcher } = await watching();
  const answers: ((containers: readonly ContainerState[]) => void)[] = [];
  engine.containers = () => new Promise((resolve) => answers.push(resolve));
  const both = Promise.all([watcher.resync(), watcher.resync()]);
  engine.world.set('new-1', aContainer('new'));
  answers[1]?.([aContainer('new')]);
  await settle();
  answers[0]?.([aContainer('old')]);
  await both;
  expect(Object.keys(store.getState().containers)).toEqual(['new-1']);
});

test('no engine is a lost connection, not an error', async () => {
  const engine = fakeEngine();
  engine.failure = new Error('connect ENOENT /var/run/docker.sock');
  const store = createSessionStore(initialState(factsOf()), () => undefined);
  const watcher = watchEngine(store, { engine, project: 'shop', clock: manualClock() }, new AbortController().signal);
  await watcher.resync();
  expect(store.getState().connection).toMatchObject({ status: 'lost', error: 'connect ENOENT /var/run/docker.sock' });
});

test('after its end it changes nothing more', async () => {
  const { engine, store, stop } = await watching(aContainer('api'));
  const before = store.getState();
  stop.abort();
  engine.emit({ action: 'die', id: 'api-1' });
  await settle();
  expect(store.getState()).toBe(before);
});
