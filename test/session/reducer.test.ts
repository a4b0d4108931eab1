import { describe, expect, test } from 'vitest';
import type { SessionEvent } from '#session/event.ts';
import { initialState, reduce } from '#session/reducer.ts';
import type { SessionState } from '#session/state.ts';
import { aContainer, aModel, anExited, aProbe, aProfile, aSample, aService, aState, factsOf } from './builders.ts';

const model = aModel(aService('api'));

function event(action: string, id: string, attributes: Readonly<Record<string, string>> = {}): SessionEvent {
  const draft = { kind: 'container', action, id, service: 'api', name: `shop-${id}`, attributes, timeNano: '1795176000000000000' };
  return { kind: 'container-event', event: draft } as SessionEvent;
}

function play(state: SessionState, ...events: readonly SessionEvent[]): SessionState {
  return events.reduce(reduce, state);
}

describe('containers', () => {
  const running = aState(model, [aContainer('api')]);

  test('a list is the whole truth: what is not in it is gone, with all that was kept of it', () => {
    const sampled = play(running, { kind: 'stats-sampled', samples: [{ id: 'api-1', sample: aSample(), cpuPercent: 1 }] });
    const after = play(sampled, { kind: 'containers-listed', containers: [aContainer('db')] });
    expect(Object.keys(after.containers)).toEqual(['db-1']);
    expect(after.stats).toEqual({});
  });

  test('a list does not take away what was inspected', () => {
    const listed = aContainer('api', { detailed: false, healthLog: [] });
    expect(play(running, { kind: 'containers-listed', containers: [listed] })).toBe(running);
  });

  test('an inspect that tells nothing new changes nothing', () => {
    expect(play(running, { kind: 'containers-inspected', containers: [aContainer('api')] })).toBe(running);
  });

  test('a list that tells another status wins until the inspect', () => {
    const after = play(running, { kind: 'containers-listed', containers: [aContainer('api', { status: 'exited', detailed: false })] });
    expect(after.containers['api-1']?.status).toBe('exited');
  });

  test('die, start, pause and health show at once, without an inspect', () => {
    const died = play(running, event('die', 'api-1', { exitCode: '3' }));
    expect(died.containers['api-1']).toMatchObject({ status: 'exited', exitCode: 3, finishedAt: '2026-11-20T12:00:00.000Z' });
    const started = play(died, event('start', 'api-1'));
    expect(started.containers['api-1']).toMatchObject({ status: 'running', exitCode: null });
    expect(play(started, event('pause', 'api-1')).containers['api-1']?.status).toBe('paused');
    expect(play(started, event('health_status', 'api-1', { health: 'unhealthy' })).containers['api-1']?.health).toBe('unhealthy');
    expect(play(started, event('destroy', 'api-1')).containers).toEqual({});
  });

  test('an event of an unknown container changes nothing', () => {
    expect(play(running, event('start', 'nobody'))).toBe(running);
  });

  test('a stop that was asked for is remembered until it runs again', () => {
    const stopped = play(running, event('kill', 'api-1', { signal: '15' }), event('die', 'api-1', { exitCode: '137' }));
    expect(stopped.stopRequested).toEqual({ 'api-1': true });
    expect(play(stopped, { kind: 'containers-inspected', containers: [aContainer('api')] }).stopRequested).toEqual({});
    expect(play(running, event('kill', 'api-1', { signal: '9' })).stopRequested).toEqual({});
  });

  test('the holder of a port is forgotten when the container starts after all', () => {
    const failed = aContainer('api', { status: 'created', error: 'Bind for 0.0.0.0:80 failed: port is already allocated' });
    const holder = { kind: 'unknown', port: 80, protocol: 'tcp' } as const;
    const known = play(aState(model, [failed]), { kind: 'port-holder-found', container: 'api-1', holder });
    expect(known.portHolders['api-1']).toEqual(holder);
    expect(play(known, { kind: 'containers-inspected', containers: [aContainer('api')] }).portHolders).toEqual({});
  });
});

describe('connection', () => {
  const lost = (at: string, error: string): SessionEvent => ({ kind: 'connection-lost', at, error, hint: undefined });

  test('is lost since its first failure, whatever fails later', () => {
    const once = play(initialState(factsOf()), lost('2026-11-20T12:00:00Z', 'gone'));
    const twice = play(once, lost('2026-11-20T12:00:05Z', 'refused'));
    expect(twice.connection).toMatchObject({ status: 'lost', since: '2026-11-20T12:00:00Z', error: 'refused' });
  });

  test('the same failure again changes nothing', () => {
    const once = play(initialState(factsOf()), lost('2026-11-20T12:00:00Z', 'gone'));
    expect(play(once, lost('2026-11-20T12:00:05Z', 'gone'))).toBe(once);
  });
});

describe('stats', () => {
  const sample = (cpuPercent: number, memoryBytes = 1000): SessionEvent => ({
    kind: 'stats-sampled',
    samples: [{ id: 'api-1', sample: aSample({ memoryBytes }), cpuPercent }],
  });

  test('keep sixty values', () => {
    const after = play(aState(model, [aContainer('api')]), ...Array.from({ length: 70 }, (_, index) => sample(index)));
    expect(after.stats['api-1']?.cpuHistory).toHaveLength(60);
    expect(after.stats['api-1']?.cpuHistory.at(-1)).toBe(69);
  });

  test('that show nothing new leave the state as it is', () => {
    const full = play(aState(model, [aContainer('api')]), ...Array.from({ length: 60 }, () => sample(0)));
    expect(play(full, sample(0.01))).toBe(full);
    expect(play(full, sample(0.1))).not.toBe(full);
  });
});

describe('model', () => {
  test('a failed reading keeps the model of before', () => {
    const failed = play(aState(model, []), { kind: 'model-loading' }, { kind: 'model-failed', error: 'yaml: line 3', hint: undefined });
    expect(failed.model).toEqual({ status: 'failed', error: 'yaml: line 3', hint: undefined, model });
  });

  test('a host-only profile has none', () => {
    expect(initialState(factsOf({ ...aProfile(), compose: undefined })).model.status).toBe('none');
  });
});

test('probes count their streak and remember since when', () => {
  const result = (status: 'healthy' | 'unhealthy', at: string): SessionEvent => ({
    kind: 'probe-finished',
    result: { probe: aProbe(), status, latencyMs: status === 'healthy' ? 12 : undefined, output: '200', at },
  });
  const after = play(aState(model, []), result('healthy', 'a'), result('healthy', 'b'), result('unhealthy', 'c'), result('unhealthy', 'd'));
  expect(after.probes.api).toMatchObject({ status: 'unhealthy', streak: 2, since: 'c', history: [12, 12, -1, -1] });
});

test('an exited container loses its stats', () => {
  const sampled = play(aState(model, [aContainer('api')]), {
    kind: 'stats-sampled',
    samples: [{ id: 'api-1', sample: aSample(), cpuPercent: 1 }],
  });
  expect(play(sampled, { kind: 'containers-inspected', containers: [anExited('api', 1)] }).stats).toEqual({});
});
