import { describe, expect, test } from 'vitest';
import type { Engine } from '#docker/engine.ts';
import type { Probe } from '#domain/profile.ts';
import { judgeHttp, runProbe } from '#session/probe.ts';
import type { CheckStatus } from '#session/state.ts';
import type { HttpAnswer, Network } from '#system/network.ts';
import { fakeEngine } from '../fakes/engine.ts';
import { manualClock } from '../fakes/manual-clock.ts';
import { aProbe } from './builders.ts';

const answer = (status: number, body: string, ms = 12): HttpAnswer => ({ status, body, ms });
const expectHealthy: Partial<Probe> = { expect: { status: 200, json: { status: 'healthy' } } };
const mayBeDegraded: Partial<Probe> = { ...expectHealthy, degraded: { json: { status: 'degraded' }, slowerThanMs: 800 } };

describe('http', () => {
  test.each<[CheckStatus, string, Partial<Probe>, HttpAnswer]>([
    ['healthy', '200 ok', {}, answer(200, 'ok')],
    ['healthy', '302', {}, answer(302, '')],
    ['unhealthy', 'status 404: 404 nothing here', {}, answer(404, 'nothing here')],
    ['unhealthy', 'connect ECONNREFUSED', {}, { error: 'connect ECONNREFUSED', ms: 1 }],
    ['healthy', '404', { expect: { status: 404 } }, answer(404, '')],
    ['healthy', '200 {"status":"healthy"}', expectHealthy, answer(200, '{"status":"healthy"}')],
    ['unhealthy', 'status is "down", expected "healthy": 200 {"status":"down"}', expectHealthy, answer(200, '{"status":"down"}')],
    ['unhealthy', 'status is undefined, expected "healthy": 200 <html>', expectHealthy, answer(200, '<html>')],
    ['healthy', '200 {"a":{"b":true}}', { expect: { json: { 'a.b': true } } }, answer(200, '{"a":{"b":true}}')],
    ['degraded', '200 {"status":"degraded"}', mayBeDegraded, answer(200, '{"status":"degraded"}')],
    ['degraded', '200 {"status":"healthy"}', mayBeDegraded, answer(200, '{"status":"healthy"}', 900)],
    ['unhealthy', 'status is "down", expected "healthy": 200 {"status":"down"}', mayBeDegraded, answer(200, '{"status":"down"}', 900)],
    ['degraded', '503 {"status":"degraded"}', { degraded: { status: 503 } }, answer(503, '{"status":"degraded"}')],
  ])('%s: %s', (status, output, draft, said) => {
    expect(judgeHttp(aProbe(draft), said)).toMatchObject({ status, output });
  });

  test('what a service says is made safe for a terminal', () => {
    expect(judgeHttp(aProbe(), answer(200, 'a\u001b[2Jb\nc')).output).toBe('200 ab c');
  });
});

describe('sql', () => {
  const network: Network = { http: async () => ({ error: '', ms: 0 }), tcp: async () => ({ error: '' }) };
  const probe = { ...aProbe({ name: 'db', service: 'db' }), kind: 'sql', target: 'db' } as Probe;

  async function run(image: string, said: { exitCode: number; output: string }) {
    const engine = fakeEngine();
    engine.answer = said;
    const outcome = await runProbe(probe, { network, engine, clock: manualClock(), container: { id: 'db-1', image } });
    return { outcome, asked: engine.asked };
  }

  test.each([
    ['postgres:17-alpine', 'pg_isready'],
    ['ghcr.io/me/postgis:16', 'pg_isready'],
    ['mariadb:11', 'mariadb-admin ping'],
    ['mysql:8', 'mysqladmin ping'],
    ['redis:7-alpine', 'redis-cli ping'],
  ])('%s is asked with %s', async (image, argv) => {
    const { outcome, asked } = await run(image, { exitCode: 0, output: 'PONG\n' });
    expect(asked).toEqual([`probe db-1 ${argv}`]);
    expect(outcome).toMatchObject({ status: 'healthy', output: 'PONG' });
  });

  test('a client that fails, or a server that is loading, is unhealthy', async () => {
    expect((await run('postgres:17', { exitCode: 2, output: 'no response' })).outcome).toMatchObject({ status: 'unhealthy' });
    expect((await run('redis:7', { exitCode: 0, output: 'LOADING Redis is loading' })).outcome).toMatchObject({ status: 'unhealthy' });
  });

  test('an unknown image, or a container that does not run, cannot be told', async () => {
    expect((await run('elasticsearch:8', { exitCode: 0, output: '' })).outcome.status).toBe('unknown');
    const engine = fakeEngine() as Engine;
    expect((await runProbe(probe, { network, engine, clock: manualClock(), container: undefined })).status).toBe('unknown');
  });

  test('an engine that does not answer is a failure of the probe', async () => {
    const engine = fakeEngine();
    engine.failure = new Error('connect ENOENT');
    const outcome = await runProbe(probe, { network, engine, clock: manualClock(), container: { id: 'db-1', image: 'postgres:17' } });
    expect(outcome).toMatchObject({ status: 'unhealthy', output: 'connect ENOENT' });
  });
});

test('tcp', async () => {
  const probe = { ...aProbe(), kind: 'tcp', host: '127.0.0.1', port: 6379 } as Probe;
  const route = (tcp: Network['tcp']) => ({
    network: { http: async () => ({ error: '', ms: 0 }), tcp },
    engine: undefined,
    clock: manualClock(),
    container: undefined,
  });
  expect(
    await runProbe(
      probe,
      route(async () => ({ ms: 2 })),
    ),
  ).toEqual({ status: 'healthy', latencyMs: 2, output: 'connected' });
  expect(
    await runProbe(
      probe,
      route(async () => ({ error: 'refused' })),
    ),
  ).toMatchObject({ status: 'unhealthy', output: 'refused' });
});
