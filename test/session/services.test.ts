import { describe, expect, test } from 'vitest';
import type { ContainerState } from '#domain/container.ts';
import type { Profile } from '#domain/profile.ts';
import { reduce } from '#session/reducer.ts';
import { overallHealth, selectServices, summarise } from '#session/selectors.ts';
import type { ServiceView } from '#session/service.ts';
import type { SessionState } from '#session/state.ts';
import { aContainer, aModel, anExited, aProbe, aProfile, aService, aState, dependsOn } from './builders.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');

function viewsOf(state: SessionState): Readonly<Record<string, ServiceView>> {
  return Object.fromEntries(selectServices(state).map((view) => [view.name, view]));
}

function conditionOf(container: ContainerState, ...others: readonly ContainerState[]) {
  const model = aModel(aService(container.service, { restart: 'unless-stopped' }), ...others.map((one) => aService(one.service)));
  return viewsOf(aState(model, [container, ...others]))[container.service]?.condition;
}

describe('order', () => {
  test('dependencies come first, then names; what the model does not know comes last', () => {
    const model = aModel(
      aService('web', { dependsOn: [dependsOn('api')] }),
      aService('api', { dependsOn: [dependsOn('redis'), dependsOn('postgres')] }),
      aService('redis'),
      aService('postgres'),
    );
    const names = selectServices(aState(model, [aContainer('adminer')])).map((view) => view.name);
    expect(names).toEqual(['postgres', 'redis', 'api', 'web', 'adminer']);
  });

  test('a cycle ends', () => {
    const model = aModel(aService('a', { dependsOn: [dependsOn('b')] }), aService('b', { dependsOn: [dependsOn('a')] }));
    expect(selectServices(aState(model, []))).toHaveLength(2);
  });
});

describe('condition', () => {
  const db = aContainer('db');

  test.each<[string, ContainerState]>([
    ['running', aContainer('api')],
    ['healthy', aContainer('api', { health: 'healthy' })],
    ['starting', aContainer('api', { health: 'starting' })],
    ['unhealthy', aContainer('api', { health: 'unhealthy' })],
    ['paused', aContainer('api', { status: 'paused' })],
    ['failed', aContainer('api', { status: 'created', error: 'no such file' })],
    ['stopped', aContainer('api', { status: 'created' })],
    ['failed', aContainer('api', { status: 'dead' })],
    ['restarting', aContainer('api', { status: 'restarting', exitCode: 1, restartCount: 1 })],
    ['failed', aContainer('api', { status: 'restarting', exitCode: 1, restartCount: 4 })],
    ['failed', anExited('api', 1)],
    ['failed', anExited('api', 137)],
    ['failed', anExited('api', 137, { oomKilled: true, restartPolicy: 'always' })],
    ['stopped', anExited('api', 0)],
    ['stopped', anExited('api', 143)],
    ['stopped', anExited('api', 1, { restartPolicy: 'unless-stopped' })],
  ])('%s', (condition, container) => {
    expect(conditionOf(container, db)).toBe(condition);
  });

  test('killed while nothing else runs: the stack was stopped', () => {
    expect(conditionOf(anExited('api', 137), anExited('db', 137))).toBe('stopped');
  });

  test('a job that another service waits for is completed with 0, and failed with anything else', () => {
    const model = aModel(aService('api', { dependsOn: [dependsOn('migrate', 'service_completed_successfully')] }), aService('migrate'));
    expect(viewsOf(aState(model, [anExited('migrate', 0)])).migrate?.condition).toBe('completed');
    expect(viewsOf(aState(model, [anExited('migrate', 143)])).migrate?.condition).toBe('failed');
  });

  test('the worst replica counts, and too few replicas are degraded', () => {
    const model = aModel(aService('api', { replicas: 2 }));
    const one = aContainer('api');
    expect(viewsOf(aState(model, [one])).api).toMatchObject({ condition: 'degraded', summary: 'degraded (1 of 2 run)' });
    expect(viewsOf(aState(model, [one, anExited('api', 1, { number: 2 })])).api).toMatchObject({
      condition: 'failed',
      summary: 'exited 1 (1 of 2 run)',
    });
  });

  test('a probe that fails makes its service unhealthy', () => {
    const profile: Profile = aProfile([aProbe()]);
    const state = reduce(aState(aModel(aService('api')), [aContainer('api', { health: 'healthy' })], profile), {
      kind: 'probe-finished',
      result: { probe: aProbe(), status: 'unhealthy', latencyMs: 3, output: 'status 503', at: '2026-11-20T12:00:00Z' },
    });
    expect(viewsOf(state).api).toMatchObject({ condition: 'unhealthy', summary: 'unhealthy, probe api: status 503' });
  });

  test('one-offs, hook containers and holders are no replicas', () => {
    const model = aModel(aService('api'));
    const hook = aContainer('api', { id: 'hook', labels: {} });
    const oneOff = aContainer('api', { id: 'run', oneOff: true });
    expect(viewsOf(aState(model, [hook, oneOff])).api).toMatchObject({ condition: 'missing', containers: [] });
  });
});

describe('waiting', () => {
  const model = aModel(
    aService('db'),
    aService('api', { dependsOn: [dependsOn('db', 'service_healthy')] }),
    aService('web', { dependsOn: [dependsOn('api', 'service_started'), dependsOn('cache', 'service_started', false)] }),
  );
  const created = { status: 'created', startedAt: undefined } as const;

  test('says for whom and until when', () => {
    const views = viewsOf(
      aState(model, [aContainer('db', { health: 'starting' }), aContainer('api', created), aContainer('web', created)]),
    );
    expect(views.api).toMatchObject({
      condition: 'waiting',
      waitsFor: [{ service: 'db', until: 'healthy' }],
      summary: 'waits for db (healthy)',
    });
    expect(views.web).toMatchObject({ waitsFor: [{ service: 'api', until: 'started' }] });
  });

  test('ends when the dependency is met', () => {
    const views = viewsOf(aState(model, [aContainer('db', { health: 'healthy' }), aContainer('api', created)]));
    expect(views.api).toMatchObject({ condition: 'stopped', waitsFor: [], summary: 'created, not started' });
  });

  test('a required dependency without a container is waited for', () => {
    expect(viewsOf(aState(model, [aContainer('api', created)])).api?.waitsFor).toEqual([{ service: 'db', until: 'healthy' }]);
  });
});

describe('orphans', () => {
  test('are called so only when no compose profile knows them', () => {
    const state = aState(aModel(aService('api')), [aContainer('tools'), aContainer('old')]);
    expect(viewsOf(state).old?.orphan).toBe(false);
    const known = reduce(state, { kind: 'all-services-known', services: ['api', 'tools'] });
    expect(viewsOf(known)).toMatchObject({ old: { orphan: true }, tools: { orphan: false } });
  });
});

describe('memory', () => {
  test('the same state gives the same list, and a change leaves the other views as they were', () => {
    const state = aState(aModel(aService('api'), aService('db')), [aContainer('api'), aContainer('db')]);
    const before = selectServices(state);
    expect(selectServices(state)).toBe(before);
    expect(selectServices({ ...state, logVersion: 7 })).toBe(before);
    const after = selectServices(reduce(state, { kind: 'containers-inspected', containers: [anExited('api', 1)] }));
    expect(after[1]).toBe(before[1]);
    expect(after[0]).not.toBe(before[0]);
  });
});

test('summarise adds how long ago', () => {
  const state = aState(aModel(aService('api'), aService('db')), [anExited('api', 1, { restartCount: 4 }), aContainer('db')]);
  const view = viewsOf(state).api as ServiceView;
  expect(view.summary).toBe('exited 1, restarted 4 times');
  expect(summarise(view, NOON)).toBe('exited 1, 2 min ago, restarted 4 times');
});

test('what looks like a job and ended well by itself is completed, not stopped', () => {
  const state = aState(aModel(aService('runner'), aService('db')), [anExited('runner', 0), aContainer('db', { health: 'healthy' })]);
  expect(viewsOf(state).runner?.condition).toBe('completed');
  expect(overallHealth(state).status).toBe('healthy');
});

describe('overall health', () => {
  const model = aModel(aService('api', { restart: 'unless-stopped' }), aService('db'));
  const healthy = aContainer('db', { health: 'healthy' });

  test.each<[string, readonly ContainerState[], number]>([
    ['down', [], 0],
    ['down', [anExited('api', 0), anExited('db', 143)], 0],
    ['healthy', [aContainer('api'), healthy], 2],
    ['starting', [aContainer('api', { health: 'starting' }), healthy], 1],
    ['unhealthy', [aContainer('api', { health: 'unhealthy' }), healthy], 1],
    ['unhealthy', [anExited('api', 1), healthy], 1],
    ['unhealthy', [aContainer('api', { status: 'created', error: 'port is already allocated' })], 0],
    ['degraded', [healthy], 1],
    ['degraded', [anExited('api', 0), healthy], 1],
  ])('%s', (status, containers, count) => {
    expect(overallHealth(aState(model, containers))).toEqual({ status, healthy: count, total: 2 });
  });

  test('provider services, services scaled to nothing and orphans do not count', () => {
    const some = aModel(aService('api'), aService('model', { provider: true }), aService('batch', { replicas: 0 }));
    expect(overallHealth(aState(some, [aContainer('api'), aContainer('old')]))).toEqual({ status: 'healthy', healthy: 1, total: 1 });
  });

  test('without a model the containers count', () => {
    const state = { ...aState(model, [aContainer('api')]), model: { status: 'loading', model: undefined } } as const;
    expect(overallHealth(state)).toEqual({ status: 'healthy', healthy: 1, total: 1 });
  });
});
