import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLogStore, type LogLimits } from '#session/log-store.ts';
import { initialState } from '#session/reducer.ts';
import { createSessionStore } from '#session/store.ts';
import { watchEngine } from '#session/watchers/engine-events.ts';
import { watchLogs } from '#session/watchers/logs.ts';
import { fakeEngine } from '../../fakes/engine.ts';
import { manualClock, settle } from '../../fakes/manual-clock.ts';
import { aContainer, anExited, factsOf } from '../builders.ts';

async function following(...containers: Parameters<typeof fakeEngine>[0] & object) {
  return followingWithin(undefined, containers);
}

async function followingWithin(limits: LogLimits | undefined, containers: Parameters<typeof fakeEngine>[0] & object) {
  const engine = fakeEngine(containers);
  const clock = manualClock();
  const logs = createLogStore(limits);
  const store = createSessionStore(initialState(factsOf()), () => undefined);
  const { signal } = new AbortController();
  const watcher = watchLogs(store, { engine, clock, logs, onLines: () => undefined }, signal);
  watchEngine(store, { engine, project: 'shop', clock }, signal);
  return { engine, clock, logs, watcher, texts: () => logs.tail([], 10_000).map((line) => line.text) };
}

type Following = Awaited<ReturnType<typeof following>>;

async function stopContainer({ engine }: Following, id: string, exitCode = 0): Promise<void> {
  const container = engine.world.get(id);
  if (container) engine.world.set(id, { ...container, status: 'exited', exitCode });
  engine.endLogs(id);
  engine.emit({ action: 'die', id, attributes: { exitCode: String(exitCode) } });
  await settle();
}

async function startContainer({ engine }: Following, id: string): Promise<void> {
  const container = engine.world.get(id);
  if (container) engine.world.set(id, { ...container, status: 'running', exitCode: null });
  engine.emit({ action: 'start', id });
  await settle();
}

test('brings the last lines of what is there, and what comes', async () => {
  const session = await following(aContainer('api'));
  for (let i = 0; i < 10; i++) session.engine.write('api-1', `old ${i}`);
  session.watcher.wish(['api'], 3);
  session.engine.connect();
  await settle();
  session.engine.write('api-1', 'new');
  expect(session.texts()).toEqual(['old 7', 'old 8', 'old 9', 'new']);
});

test('follows only what is wished for, and stops following what is not any more', async () => {
  const session = await following(aContainer('api'), aContainer('db'));
  session.engine.connect();
  await settle();
  expect(session.engine.openLogs()).toBe(0);
  session.watcher.wish(['api'], 10);
  await settle();
  expect(session.engine.openLogs()).toBe(1);
  session.watcher.wish(['db'], 10);
  await settle();
  session.engine.write('api-1', 'unheard');
  expect(session.engine.openLogs()).toBe(1);
  session.watcher.wish(['api'], 10);
  await settle();
  expect(session.texts()).toEqual(['unheard']);
});

test('goes on after a restart: no line lost, none twice', async () => {
  const session = await following(aContainer('api'));
  session.watcher.wish(['api'], 10);
  session.engine.connect();
  await settle();
  session.engine.write('api-1', 'one');
  await stopContainer(session, 'api-1');
  session.engine.write('api-1', 'last words that came after the end');
  await startContainer(session, 'api-1');
  session.engine.write('api-1', 'two');
  expect(session.texts()).toEqual(['one', 'last words that came after the end', 'two']);
});

test('lines of the very same nanosecond are told apart by their number', async () => {
  const session = await following(aContainer('api'));
  session.watcher.wish(['api'], 10);
  session.engine.connect();
  await settle();
  const at = 1_795_191_303_000_000_000n;
  session.engine.write('api-1', 'a', at);
  session.engine.write('api-1', 'b', at);
  await stopContainer(session, 'api-1');
  session.engine.write('api-1', 'c', at);
  await startContainer(session, 'api-1');
  expect(session.texts()).toEqual(['a', 'b', 'c']);
});

test('no line is lost or doubled, whatever comes when', async () => {
  const steps = fc.array(fc.constantFrom('write', 'write', 'write same', 'write back', 'restart', 'break', 'break back', 'unwish'), {
    maxLength: 25,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const session = await following(aContainer('api'));
      session.watcher.wish(['api'], 1000);
      session.engine.connect();
      await settle();
      const written: string[] = [];
      let nano = 1_795_191_303_000_000_000n;
      for (const [index, step] of script.entries()) {
        if (step.startsWith('write')) {
          // The engine stamps both streams independently: times may go back by a little.
          if (step === 'write') nano += 50_000_000n;
          session.engine.write('api-1', `line ${index}`, step === 'write back' ? nano - 1_000_000n : nano);
          written.push(`line ${index}`);
        } else if (step === 'restart') {
          await stopContainer(session, 'api-1');
          await startContainer(session, 'api-1');
        } else if (step === 'unwish') {
          session.watcher.wish([], 1000);
          session.watcher.wish(['api'], 1000);
          await settle();
        } else {
          session.engine.endLogs('api-1');
          await settle();
          if (step === 'break back') {
            session.engine.write('api-1', `line ${index}`, nano - 2_000_000n);
            written.push(`line ${index}`);
          }
          await session.clock.advance(3000);
        }
      }
      await session.clock.advance(5000);
      expect(session.texts().toSorted()).toEqual(written.toSorted());
    }),
    { numRuns: 60 },
  );
});

test('lines that were thrown away meanwhile do not come again', async () => {
  const session = await followingWithin({ perService: 500, total: 500 }, [aContainer('api'), aContainer('api', { number: 2 })]);
  session.watcher.wish(['api'], 1000);
  session.engine.connect();
  await settle();
  session.engine.write('api-1', 'one');
  for (let i = 0; i < 10; i++) session.engine.write('api-2', `noise ${i}`);
  await stopContainer(session, 'api-1');
  await startContainer(session, 'api-1');
  expect(session.texts()).not.toContain('one');
  session.engine.write('api-1', 'two');
  expect(session.texts()).toContain('two');
});

test('a container that takes the place of another brings all of its lines', async () => {
  const session = await following(aContainer('api'));
  session.watcher.wish(['api'], 1);
  session.engine.connect();
  await settle();
  await stopContainer(session, 'api-1');
  session.engine.world.set('api-new', aContainer('api', { id: 'api-new' }));
  for (const text of ['first', 'second', 'third']) session.engine.write('api-new', text);
  session.engine.emit({ action: 'create', id: 'api-new' });
  await settle();
  expect(session.texts()).toEqual(['first', 'second', 'third']);
});

test('a failing service is read without being wished for, once', async () => {
  const session = await following(anExited('worker', 1), aContainer('api'));
  session.engine.write('worker-1', 'Error: boom');
  session.engine.connect();
  await settle();
  await session.clock.advance(60_000);
  expect(session.texts()).toEqual(['Error: boom']);
  expect(session.engine.asked.filter((one) => one.startsWith('logs'))).toHaveLength(1);
  expect(session.clock.sleepers()).toBe(0);
});

test('a log that ends while its container runs is taken up again soon', async () => {
  const session = await following(aContainer('api'));
  session.watcher.wish(['api'], 10);
  session.engine.connect();
  await settle();
  session.engine.write('api-1', 'one');
  session.engine.endLogs('api-1');
  await settle();
  session.engine.write('api-1', 'two');
  await session.clock.advance(60);
  expect(session.texts()).toEqual(['one', 'two']);
});

test('without a connection nothing is tried; with it, it goes on', async () => {
  const session = await following(aContainer('api'));
  session.watcher.wish(['api'], 10);
  session.engine.connect();
  await settle();
  session.engine.write('api-1', 'one');
  session.engine.disconnect();
  session.engine.endLogs('api-1');
  await session.clock.advance(10_000);
  expect(session.clock.sleepers()).toBe(0);
  session.engine.write('api-1', 'two');
  session.engine.connect();
  await settle();
  expect(session.texts()).toEqual(['one', 'two']);
});
