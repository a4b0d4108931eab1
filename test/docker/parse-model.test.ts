import { expect, test } from 'vitest';
import { fingerprintServices } from '#docker/fingerprints.ts';
import { parseModel } from '#docker/parse-model.ts';

const parse = (document: unknown) => parseModel(JSON.stringify(document));
const service = (raw: unknown) => parse({ name: 's', services: { a: raw } }).services.a!;

test('a whole service', () => {
  const raw = {
    image: 'postgres:17',
    build: { context: '.' },
    command: ['sh', '-c', 'echo $$HOME $$$$'],
    entrypoint: null,
    container_name: 'pg',
    depends_on: { b: { condition: 'service_healthy', required: false }, c: { condition: 'service_started', required: true } },
    environment: { A: '1$$2', UNSET: null, NUMBER: 3 },
    ports: [
      { mode: 'ingress', target: 80, published: '8000-8010', protocol: 'tcp', host_ip: '127.0.0.1' },
      { target: 7, protocol: 'udp' },
    ],
    volumes: [
      { type: 'volume', source: 'data', target: '/d', volume: {} },
      { type: 'bind', source: '/x', target: '/x', read_only: true },
      { type: 'volume', target: '/anon' },
      { type: 'npipe', source: 'p', target: '/p' },
    ],
    tmpfs: ['/foo:size=1m'],
    healthcheck: { test: ['CMD-SHELL', 'true'], interval: '1m30s', timeout: '1.5s', retries: 3, start_period: '500ms' },
    profiles: ['x'],
    restart: 'unless-stopped',
    deploy: { replicas: 2, resources: { limits: { cpus: 0.25, memory: '52428800' } } },
  };
  expect(service(raw)).toEqual({
    name: 'a',
    image: 'postgres:17',
    builds: true,
    command: ['sh', '-c', 'echo $HOME $$'],
    entrypoint: undefined,
    containerName: 'pg',
    dependsOn: [
      { service: 'b', condition: 'service_healthy', required: false },
      { service: 'c', condition: 'service_started', required: true },
    ],
    environment: { A: '1$2', UNSET: null, NUMBER: '3' },
    ports: [
      { hostIp: '127.0.0.1', published: '8000-8010', target: 80, protocol: 'tcp' },
      { hostIp: '', published: undefined, target: 7, protocol: 'udp' },
    ],
    mounts: [
      { kind: 'volume', source: 'data', target: '/d', readOnly: false },
      { kind: 'bind', source: '/x', target: '/x', readOnly: true },
      { kind: 'volume', source: undefined, target: '/anon', readOnly: false },
      { kind: 'other', source: 'p', target: '/p', readOnly: false },
      { kind: 'tmpfs', source: undefined, target: '/foo', readOnly: false },
    ],
    healthcheck: { test: ['CMD-SHELL', 'true'], interval: 90, timeout: 1.5, startPeriod: 0.5, retries: 3 },
    profiles: ['x'],
    restart: 'unless-stopped',
    cpuLimit: 0.25,
    memoryLimit: 52_428_800,
    replicas: 2,
    provider: false,
  });
});

test('the older spellings of limits, scale and restart; a switched off health check is none', () => {
  expect(service({ cpus: 0.5, mem_limit: '67108864', scale: 3 })).toMatchObject({ cpuLimit: 0.5, memoryLimit: 67_108_864, replicas: 3 });
  expect(service({ deploy: { restart_policy: { condition: 'any' } } }).restart).toBe('always');
  expect(service({ healthcheck: { disable: true } }).healthcheck).toBeUndefined();
  expect(service({ healthcheck: { test: ['NONE'] } }).healthcheck).toBeUndefined();
  expect(service({ provider: { type: 'model' } })).toMatchObject({ provider: true, image: undefined, replicas: 1 });
});

test('volumes and networks', () => {
  const model = parse({
    name: 's',
    services: {},
    volumes: {
      data: { name: 's_data' },
      shared: { name: 'other', external: true },
      old: { external: { name: 'o' } },
      nfs: { name: 'n', driver: 'nfs', driver_opts: { o: 'a$$b', port: 1 }, labels: { keep: 'yes' } },
    },
    networks: { default: { name: 's_default' }, edge: { name: 'edge', external: true } },
  });
  expect(model.volumes).toMatchObject({
    data: { key: 'data', name: 's_data', external: false, driver: 'local' },
    shared: { name: 'other', external: true },
    old: { external: true },
    nfs: { driver: 'nfs', driverOptions: { o: 'a$b', port: '1' }, labels: { keep: 'yes' } },
  });
  expect(model.networks.edge).toEqual({ key: 'edge', name: 'edge', external: true });
});

test('what is no JSON is told', () => expect(() => parseModel('name: yaml')).toThrow('not JSON'));

test('fingerprints change with the definition, not with order, scale or dependencies', () => {
  const print = (a: unknown): string => fingerprintServices(JSON.stringify({ services: { a } })).a!;
  const plain = print({ image: 'x', environment: { A: '1', B: '2' } });
  expect(
    print({ environment: { B: '2', A: '1' }, image: 'x', depends_on: { b: {} }, scale: 2, deploy: { replicas: 2 }, profiles: ['p'] }),
  ).toBe(plain);
  expect(print({ image: 'x', environment: { A: '1', B: '3' } })).not.toBe(plain);
  expect(print({ image: 'x', environment: { A: '1', B: '2' }, deploy: { resources: {} } })).not.toBe(plain);
});
