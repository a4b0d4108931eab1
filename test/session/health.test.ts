import { expect, test } from 'vitest';
import { healthDocument } from '#session/health.ts';
import { reduce } from '#session/reducer.ts';
import { aContainer, aModel, anExited, aProbe, aProfile, aService, aState } from './builders.ts';

const check = (exitCode: number, output: string) => ({ start: '2026-11-20T11:59:00Z', end: '2026-11-20T11:59:00.05Z', exitCode, output });

const state = aState(
  aModel(aService('db'), aService('api'), aService('worker'), aService('job'), aService('model', { provider: true })),
  [
    aContainer('db', {
      health: 'healthy',
      healthLog: [check(1, 'no'), check(0, 'accepting connections\n'), check(0, 'accepting connections\n')],
    }),
    aContainer('api', { health: 'unhealthy', failingStreak: 7, healthLog: [check(1, 'HTTP/1.1 503')] }),
    anExited('worker', 1),
  ],
  aProfile([
    aProbe({ service: undefined }),
    { ...aProbe({ name: 'cache', service: 'db' }), kind: 'tcp', host: '127.0.0.1', port: 6379 } as never,
  ]),
);

test('a row for each service and each probe', () => {
  expect(healthDocument(state)).toEqual({
    overall: 'unhealthy',
    checks: [
      {
        name: 'api',
        kind: 'container',
        status: 'unhealthy',
        latencyMs: 50,
        output: 'HTTP/1.1 503',
        since: '2026-11-20T11:50:00.000Z',
        streak: 7,
      },
      {
        name: 'db',
        kind: 'container',
        status: 'healthy',
        latencyMs: 50,
        output: 'accepting connections',
        since: '2026-11-20T11:50:00.000Z',
        streak: 2,
      },
      { name: 'job', kind: 'container', status: 'down', latencyMs: null, output: 'no container', since: null, streak: 0 },
      {
        name: 'worker',
        kind: 'container',
        status: 'unhealthy',
        latencyMs: null,
        output: 'exited 1',
        since: '2026-11-20T11:58:00.000Z',
        streak: 0,
      },
      { name: 'api', kind: 'http', status: 'unknown', latencyMs: null, output: 'not run', since: null, streak: 0 },
      { name: 'cache', kind: 'tcp', status: 'unknown', latencyMs: null, output: 'not run', since: null, streak: 0 },
    ],
  });
});

test('a failing probe of a service has a row of its own, its container stays healthy', () => {
  const one = aState(aModel(aService('api')), [aContainer('api', { health: 'healthy' })], aProfile([aProbe()]));
  const result = { probe: aProbe(), status: 'unhealthy', latencyMs: 9, output: 'status 503', at: '2026-11-20T12:00:00.000Z' } as const;
  const { overall, checks } = healthDocument(reduce(one, { kind: 'probe-finished', result }));
  expect(overall).toBe('unhealthy');
  expect(checks).toMatchObject([
    { kind: 'container', status: 'healthy' },
    { kind: 'http', status: 'unhealthy', latencyMs: 9, output: 'status 503', since: '2026-11-20T12:00:00.000Z', streak: 1 },
  ]);
});
