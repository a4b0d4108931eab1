import { expect, test } from 'vitest';
import { COMPOSE_LABEL } from '#domain/container.ts';
import { DevctlError } from '#domain/error.ts';
import { selectServices } from '#session/selectors.ts';
import { startSession } from '#session/start.ts';
import type { Files } from '#system/files.ts';
import { fakeCompose, shopInputs } from '../fakes/compose.ts';
import { fakeEngine } from '../fakes/engine.ts';
import { memoryFiles } from '../fakes/files.ts';
import { manualClock, settle } from '../fakes/manual-clock.ts';
import { aContainer, aModel, anExited, aProfile, aService, aState, factsOf } from './builders.ts';

const network = { http: async () => ({ status: 200, body: '', ms: 1 }), tcp: async () => ({ ms: 1 }) };
const model = aModel(aService('api'), aService('worker'));

function starting(containers: Parameters<typeof fakeEngine>[0] = [aContainer('api'), anExited('worker', 1)]) {
  const engine = fakeEngine(containers);
  const compose = fakeCompose(model);
  const clock = manualClock();
  let changeFile: () => void = () => undefined;
  const watched: string[] = [];
  const files: Files = {
    ...memoryFiles(),
    watch: (paths, onChange) => {
      watched.push(...paths);
      changeFile = onChange;
      return () => watched.splice(0);
    },
  };
  const start = () => {
    const session = startSession({
      ...factsOf(),
      engine,
      compose,
      inputs: { ...shopInputs, envFiles: ['/shop/.env'] },
      clock,
      network,
      files,
    });
    let flushes = 0;
    session.subscribe(() => {
      flushes += 1;
    });
    return { session, flushes: () => flushes };
  };
  return { engine, compose, clock, files, watched, start, changeFile: () => changeFile() };
}

test('is ready with the cached model and the list, before compose and the event stream answer', async () => {
  const { compose, start } = starting();
  compose.cached = model;
  compose.model = () => new Promise(() => undefined);
  const { session } = start();
  await session.ready;
  expect(session.getState().model).toEqual({ status: 'ready', model });
  expect(session.getState().connection.status).toBe('connected');
  expect(selectServices(session.getState()).map((view) => view.condition)).toEqual(['running', 'failed']);
});

test('without a cached model it is ready with the containers, and the model comes later', async () => {
  const { compose, start } = starting();
  let answer: () => void = () => undefined;
  compose.model = () => new Promise((resolve) => (answer = () => resolve(model)));
  const { session } = start();
  await session.ready;
  expect(session.getState().model).toEqual({ status: 'loading', model: undefined });
  expect(selectServices(session.getState())).toHaveLength(2);
  answer();
  await settle();
  expect(session.getState().model.status).toBe('ready');
});

test('a changed file reads the model anew; one that is broken keeps the old one beside the error', async () => {
  const { compose, watched, start, changeFile } = starting();
  compose.cached = model;
  const { session } = start();
  await session.ready;
  expect(watched).toEqual(['/shop/compose.yaml', '/shop/.env']);
  expect(compose.asked).toBe(0);
  compose.answer = new DevctlError('usage', 'yaml: line 3', { hint: 'devctl config' });
  changeFile();
  await settle();
  expect(session.getState().model).toEqual({ status: 'failed', error: 'yaml: line 3', hint: 'devctl config', model });
  compose.answer = aModel(aService('api'));
  changeFile();
  changeFile();
  await settle();
  expect(session.getState().model).toMatchObject({ status: 'ready', model: aModel(aService('api')) });
  expect(compose.asked).toBe(3 + 1);
});

test('nothing happens, nothing is done: no flush, no question, no timer', async () => {
  const { engine, clock, compose, start } = starting();
  compose.cached = model;
  const { session, flushes } = start();
  await session.ready;
  engine.connect();
  await clock.advance(1000);
  const asked = engine.asked.length;
  const before = flushes();
  await clock.advance(3_600_000);
  expect(engine.asked.length).toBe(asked);
  expect(flushes()).toBe(before);
  expect(clock.sleepers()).toBe(0);
});

test('lines are told by the version, and by one flush for many', async () => {
  const { engine, clock, start } = starting([aContainer('api')]);
  const { session, flushes } = start();
  engine.connect();
  await clock.advance(5000);
  session.watch({ stats: [], logs: ['api'] });
  await clock.advance(5000);
  const before = flushes();
  for (let i = 0; i < 1000; i++) engine.write('api-1', `line ${i}`);
  await clock.advance(1000);
  expect(flushes()).toBe(before + 1);
  expect(session.getState().logVersion).toBe(1000);
  expect(session.logs.tail(['api'], 1)[0]?.text).toBe('line 999');
});

test('explains a failing service with its log, which nobody wished for', async () => {
  const { engine, clock, start } = starting();
  engine.write('worker-1', "Error: Cannot find module '/app/worker.js'");
  const { session } = start();
  engine.connect();
  await clock.advance(1000);
  expect(session.explain('worker')).toMatchObject({
    headline: 'exited 1, 2 min ago',
    lastWords: ["Error: Cannot find module '/app/worker.js'"],
    likely: 'the file /app/worker.js is not in the image',
  });
  expect(session.explain('nobody')).toBeUndefined();
});

test('finds out who holds a port', async () => {
  const error = 'Bind for 0.0.0.0:8080 failed: port is already allocated';
  const { engine, clock, start } = starting([aContainer('api', { status: 'created', error })]);
  const ports = [{ hostIp: '0.0.0.0', hostPort: 8080, containerPort: 80, protocol: 'tcp' }];
  const { session } = start();
  engine.connect();
  await settle();
  engine.world.set('other', aContainer('web', { id: 'other', name: 'blog-web-1', project: 'blog', ports }));
  await session.resync();
  await clock.advance(1000);
  expect(Object.values(session.getState().portHolders)).toEqual([expect.objectContaining({ kind: 'unknown' })]);
});

test('another directory makes the stack foreign; containers of other profiles are told from orphans', async () => {
  const labels = { [COMPOSE_LABEL.configHash]: 'x', [COMPOSE_LABEL.workingDirectory]: '/elsewhere' };
  const { clock, compose, start } = starting([aContainer('api', { labels }), aContainer('tools'), aContainer('old')]);
  compose.all = aModel(aService('api'), aService('tools'));
  const { session } = start();
  await clock.advance(1000);
  expect(session.getState().foreign).toEqual({ reason: 'other-directory', found: '/elsewhere', expected: '/shop' });
  expect(
    selectServices(session.getState())
      .filter((view) => view.orphan)
      .map((view) => view.name),
  ).toEqual(['old']);
});

test('drift is compared on demand', async () => {
  const { clock, compose, start } = starting();
  compose.hashesByService = { api: 'hash-api', worker: 'hash-worker' };
  const { session } = start();
  await clock.advance(1000);
  expect(selectServices(session.getState()).map((view) => view.drift)).toEqual(['unknown', 'unknown']);
  await session.checkDrift();
  expect(selectServices(session.getState()).map((view) => view.drift)).toEqual(['none', 'none']);
});

test('stopped, it is silent and has let go of everything', async () => {
  const { engine, clock, watched, start } = starting();
  const { session, flushes } = start();
  engine.connect();
  session.watch({ stats: ['api'], logs: ['api'] });
  await clock.advance(1000);
  await session.stop();
  const before = flushes();
  engine.emit({ action: 'die', id: 'api-1', attributes: { exitCode: '1' } });
  await clock.advance(60_000);
  expect(flushes()).toBe(before);
  expect(engine.openLogs()).toBe(0);
  expect(watched).toEqual([]);
  expect(clock.sleepers()).toBe(0);
});

test('no engine: ready all the same, and the state says so', async () => {
  const { engine, start } = starting();
  engine.failure = new DevctlError('environment', 'no engine at unix:///var/run/docker.sock', { hint: 'start Docker' });
  const { session } = start();
  await session.ready;
  expect(session.getState().connection).toMatchObject({
    status: 'lost',
    error: 'no engine at unix:///var/run/docker.sock',
    hint: 'start Docker',
  });
});

test('a host-only profile has a session too', async () => {
  const { clock, files } = starting();
  const profile = { ...aProfile(), compose: undefined };
  const session = startSession({ ...factsOf(profile), engine: undefined, compose: undefined, inputs: undefined, clock, network, files });
  await session.ready;
  session.watch({ stats: ['x'], logs: ['x'] });
  await Promise.all([session.reload(), session.resync(), session.checkDrift()]);
  expect(session.getState()).toMatchObject({ model: { status: 'none' }, connection: { status: 'connecting' } });
  expect(aState(model, []).containers).toEqual({});
});
