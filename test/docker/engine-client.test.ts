import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Endpoint } from '#docker/endpoint.ts';
import { createEngine } from '#docker/engine-api.ts';
import { explainEngineError } from '#docker/engine-errors.ts';
import { systemClock } from '#system/clock.ts';
import { temporaryDirectory } from '../system/temporary.ts';
import { allCleared, fakeEngine } from './fake-engine.ts';

const at = (host: string, more: Partial<Endpoint> = {}): Endpoint => ({
  context: 'default',
  host,
  decidedBy: 'default',
  remote: false,
  ...more,
});
const engineAt = (endpoint: Endpoint) => createEngine({ endpoint, register: allCleared, clock: systemClock });

test('every request but the version names API 1.44', async () => {
  const { engine, requests } = await fakeEngine({
    'GET /version': [200, { Version: '26.1.5', ApiVersion: '1.45', MinAPIVersion: '1.24' }],
    'GET /v1.44/info': [200, { ID: 'ENGINE', MemTotal: 1 }],
    'GET /v1.44/containers/json': [200, []],
  });
  expect(await engine.identity()).toMatchObject({ id: 'ENGINE', version: '26.1.5', remote: false });
  expect(await engine.identity()).toMatchObject({ id: 'ENGINE' });
  expect(await engine.containers('shop')).toEqual([]);
  expect(requests).toEqual([
    'GET /version',
    'GET /v1.44/info',
    'GET /v1.44/containers/json?all=true&filters={"label":["com.docker.compose.project=shop"]}',
  ]);
});

test('an engine that wants a newer API gets its oldest, once', async () => {
  const { engine, requests } = await fakeEngine({
    'GET /version': [200, { Version: '31.0', ApiVersion: '1.60', MinAPIVersion: '1.50' }],
    'GET /v1.44/containers/json': [400, { message: 'client version 1.44 is too old. Minimum supported API version is 1.50' }],
    'GET /v1.50/containers/json': [200, []],
  });
  expect(await engine.containers(undefined)).toEqual([]);
  expect(await engine.containers(undefined)).toEqual([]);
  expect(requests.map((one) => one.split('?')[0])).toEqual([
    'GET /v1.44/containers/json',
    'GET /version',
    'GET /v1.50/containers/json',
    'GET /v1.50/containers/json',
  ]);
});

test('an engine from before 25.0 is refused with what to do', async () => {
  const { engine } = await fakeEngine({
    'GET /version': [200, { Version: '20.10.24', ApiVersion: '1.41', MinAPIVersion: '1.12' }],
    'GET /v1.44/containers/json': [400, { message: 'client version 1.44 is too new. Maximum supported API version is 1.41' }],
  });
  const refusal = { kind: 'environment', message: expect.stringContaining('20.10.24 (API 1.41): devctl needs 25.0') };
  await expect(engine.identity()).rejects.toMatchObject(refusal);
  await expect(engine.containers('shop')).rejects.toMatchObject(refusal);
});

test('DOCKER_HOST and its kin in the environment change nothing', async () => {
  vi.stubEnv('DOCKER_HOST', 'tcp://203.0.113.1:2376');
  vi.stubEnv('DOCKER_TLS_VERIFY', '1');
  const { engine } = await fakeEngine({ 'GET /v1.44/containers/json': [200, []] });
  expect(await engine.containers('shop')).toEqual([]);
});

test('no engine: says where, and names the sockets that were found instead', async () => {
  const engine = engineAt(at('unix:///no/such.sock', { alternatives: ['unix:///run/user/1/docker.sock'] }));
  await expect(engine.containers('shop')).rejects.toMatchObject({
    kind: 'environment',
    message: 'No engine answers at unix:///no/such.sock.',
    hint: expect.stringContaining('unix:///run/user/1/docker.sock'),
  });
  await expect(engineAt(at('tcp://127.0.0.1:1')).identity()).rejects.toMatchObject({ message: 'No engine answers at tcp://127.0.0.1:1.' });
});

test('a socket that is a file, and one that this user may not open', async () => {
  const path = join(temporaryDirectory(), 'docker.sock');
  writeFileSync(path, '');
  chmodSync(path, 0o000);
  await expect(engineAt(at(`unix://${path}`)).containers('x')).rejects.toMatchObject({ kind: 'environment' });
  const denied = explainEngineError(Object.assign(new Error('connect EACCES'), { code: 'EACCES' }), at('unix:///s'));
  expect(denied).toMatchObject({ kind: 'environment', hint: expect.stringContaining('group docker') });
});

test('the engine’s own words come through without dockerode’s wrapping', async () => {
  const { engine } = await fakeEngine({ 'GET /v1.44/containers/json': [500, { message: 'the disk is on fire' }] });
  await expect(engine.containers('shop')).rejects.toMatchObject({ kind: 'external', message: 'The engine says: the disk is on fire' });
});

test('a failed identity is asked again, a good one is not', async () => {
  let up = false;
  const { engine, requests } = await fakeEngine({
    'GET /version': (_, response) => response.writeHead(up ? 200 : 500).end(JSON.stringify({ Version: '26.0', ApiVersion: '1.45' })),
    'GET /v1.44/info': [200, { ID: 'E' }],
  });
  await expect(engine.identity()).rejects.toThrow();
  up = true;
  await Promise.all([engine.identity(), engine.identity()]);
  expect(requests.filter((one) => one === 'GET /version')).toHaveLength(2);
});
