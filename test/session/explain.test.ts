import { describe, expect, test } from 'vitest';
import type { ContainerState } from '#domain/container.ts';
import type { ComposeModel } from '#domain/model.ts';
import { recogniseCause } from '#session/causes.ts';
import { explain } from '#session/explain.ts';
import { portConflictOf } from '#session/port-conflict.ts';
import { selectServices } from '#session/selectors.ts';
import type { ServiceView } from '#session/service.ts';
import type { PortHolder } from '#session/state.ts';
import { aContainer, aModel, anExited, aService, aState, dependsOn } from './builders.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const db = aContainer('db', { health: 'healthy' });

interface Case {
  readonly model?: ComposeModel;
  readonly containers: readonly ContainerState[];
  readonly lines?: readonly string[];
  readonly holder?: PortHolder;
}

function explainService(name: string, { model, containers, lines = [], holder }: Case) {
  const plain = aModel(...containers.map((one) => aService(one.service)));
  const state = { ...aState(model ?? plain, containers), portHolders: holder ? { [`${name}-1`]: holder } : {} };
  const view = selectServices(state).find((one) => one.name === name) as ServiceView;
  return explain(view, { state, lines, now: NOW });
}

describe('a service that ended', () => {
  const lines = ['starting', '', "Error: Cannot find module '/app/dist/workers/index.js'", "  code: 'MODULE_NOT_FOUND'", ''];
  const worker = anExited('worker', 1, { restartCount: 4, createdAt: '2026-11-20T11:55:00Z', command: ['node', 'dist/workers/index.js'] });
  const limits = aModel(
    aService('db'),
    aService('worker', { cpuLimit: 1, memoryLimit: 512 * 2 ** 20, dependsOn: [dependsOn('db', 'service_healthy')] }),
  );
  const told = explainService('worker', { model: limits, containers: [worker, db], lines });

  test('says how it ended, how often it was restarted and in which time', () => {
    expect(told.headline).toBe('exited 1, 2 min ago, restarted 4 times in 5 min');
  });

  test('its last words, without empty lines', () => {
    expect(told.lastWords).toEqual(['starting', "Error: Cannot find module '/app/dist/workers/index.js'", "  code: 'MODULE_NOT_FOUND'"]);
  });

  test('a probable cause and what to do', () => {
    expect(told.likely).toBe('the file /app/dist/workers/index.js is not in the image');
    expect(told.next).toBe('devctl rebuild worker');
  });

  test('command, dependencies and limits', () => {
    expect(told.facts).toEqual([
      { label: 'Command', value: 'node dist/workers/index.js' },
      { label: 'Image', value: 'worker:latest' },
      { label: 'Depends on', value: 'db is healthy' },
      { label: 'Limits', value: '1 CPU, 512 MiB (not killed for its memory)' },
    ]);
  });

  test('for its memory', () => {
    const killed = { ...worker, exitCode: 137, oomKilled: true };
    const told = explainService('worker', { model: limits, containers: [killed, db], lines: [] });
    expect(told.headline).toMatch(/^killed for its memory, 2 min ago.*: it used more memory than it may$/);
    expect(told.likely).toBe('it needs more memory than 512 MiB');
    expect(told.facts.at(-1)?.value).toBe('1 CPU, 512 MiB (killed for its memory)');
  });

  test('by a signal: the headline says what the code means', () => {
    expect(explainService('worker', { containers: [anExited('worker', 139), db] }).headline).toMatch(/segmentation fault/);
  });
});

test('the frames of a stack do not push the message out of the last words', () => {
  const lines = [
    'node:internal/modules/cjs/loader:1228',
    '  throw err;',
    '  ^',
    "Error: Cannot find module '/dist/index.js'",
    ...Array.from({ length: 20 }, (_, frame) => `    at Function.frame${frame} (node:internal/x:1:1)`),
    "  code: 'MODULE_NOT_FOUND',",
    '  requireStack: []',
    '}',
    'Node.js v22.12.0',
  ];
  const told = explainService('api', { containers: [anExited('api', 1), db], lines });
  expect(told.lastWords).toEqual(["Error: Cannot find module '/dist/index.js'", "  code: 'MODULE_NOT_FOUND',"]);
  expect(told.likely).toBe('the file /dist/index.js is not in the image');
});

describe('a service that could not start', () => {
  const portTaken =
    'driver failed programming external connectivity on endpoint shop-web-1 (56dc): Error starting userland proxy: listen tcp4 127.0.0.1:8080: bind: address already in use';
  const failed = (error: string) => aContainer('web', { status: 'created', exitCode: 128, error, startedAt: undefined });

  test('because a process has its port', () => {
    const holder = { kind: 'process', port: 8080, protocol: 'tcp', pid: 4711, program: 'node', uid: 1000 } as const;
    const told = explainService('web', { containers: [failed(portTaken)], holder });
    expect(told.headline).toBe('cannot start: listen tcp4 127.0.0.1:8080: bind: address already in use');
    expect(told.likely).toBe('port 8080 is taken by node (pid 4711)');
    expect(told.next).toBe('end process 4711, or publish another port');
    expect(told.facts).toContainEqual({ label: 'Port', value: '8080/tcp is held by node (pid 4711)' });
  });

  test('because a container of another project has its port', () => {
    const holder = { kind: 'container', port: 8080, protocol: 'tcp', name: 'blog-web-1', project: 'blog' } as const;
    const told = explainService('web', { containers: [failed('Bind for 0.0.0.0:8080 failed: port is already allocated')], holder });
    expect(told.likely).toBe('port 8080 is taken by container blog-web-1 of project blog');
  });

  test('because a port is taken, by whom is not known yet', () => {
    expect(explainService('web', { containers: [failed(portTaken)] }).likely).toBe('port 8080 is already taken');
  });

  test('because its command is not there', () => {
    const error =
      'OCI runtime create failed: runc create failed: unable to start container process: exec: "nosuch": executable file not found in $PATH: unknown';
    const told = explainService('web', { containers: [failed(error)] });
    expect(told.likely).toBe('the command nosuch is not in the image');
    expect(told.facts[0]).toEqual({ label: 'Docker says', value: error });
  });
});

describe('a service that waits', () => {
  const created = { status: 'created', startedAt: undefined } as const;
  const model = aModel(
    aService('db'),
    aService('api', { dependsOn: [dependsOn('db', 'service_healthy')] }),
    aService('web', { dependsOn: [dependsOn('api')] }),
  );

  test('names the service at the root of its waiting', () => {
    const broken = aContainer('db', { health: 'unhealthy', failingStreak: 3 });
    const containers = [broken, aContainer('api', created), aContainer('web', created)];
    expect(explainService('web', { model, containers }).likely).toBe('db: unhealthy, 3 failed checks in a row');
    expect(explainService('web', { model, containers }).next).toBe('devctl logs db');
    expect(explainService('db', { model, containers }).facts).toContainEqual({ label: 'Waited for by', value: 'api' });
  });

  test('says when what it waits for has no container', () => {
    const told = explainService('api', { model, containers: [aContainer('api', created)] });
    expect(told.likely).toBe('db does not run');
    expect(told.facts).toContainEqual({ label: 'Depends on', value: 'db has no container, waits until it is healthy' });
  });
});

test('a failing health check shows its command and what it said', () => {
  const test = ['CMD-SHELL', 'wget -qO- http://localhost/health || exit 1'];
  const healthcheck = { test, interval: 1, timeout: 1, startPeriod: 0, retries: 3 };
  const check = (output: string) => ({ start: '2026-11-20T11:59:00Z', end: '2026-11-20T11:59:00.05Z', exitCode: 1, output });
  const healthLog = [check('first'), check('second'), check('third'), check('wget: server returned error: HTTP/1.1 404 Not Found\n')];
  const told = explainService('api', {
    model: aModel(aService('api', { healthcheck })),
    containers: [aContainer('api', { health: 'unhealthy', failingStreak: 4, healthLog })],
  });
  expect(told.headline).toBe('unhealthy, 4 failed checks in a row');
  expect(told.facts.slice(1)).toEqual([
    { label: 'Health check', value: 'wget -qO- http://localhost/health || exit 1' },
    { label: 'Check exited 1', value: 'second' },
    { label: 'Check exited 1', value: 'third' },
    { label: 'Check exited 1', value: 'wget: server returned error: HTTP/1.1 404 Not Found' },
  ]);
});

test('a service that is well has no cause and no last words', () => {
  const told = explainService('db', { containers: [db], lines: ['password authentication failed for user "x"'] });
  expect(told).toMatchObject({ headline: 'healthy', lastWords: [], likely: undefined, next: undefined });
});

test('what a container prints cannot steer the terminal', () => {
  const told = explainService('api', { containers: [anExited('api', 1), db], lines: ['\u001b[2Jgone\u0007'] });
  expect(told.lastWords).toEqual(['gone']);
});

describe('causes', () => {
  test.each([
    ["Error: Cannot find module 'express'", 'the package express is not installed in the image'],
    ["Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'zod' imported from /app/x.js", 'the package zod is not installed in the image'],
    ["ModuleNotFoundError: No module named 'flask'", 'the Python module flask is not installed in the image'],
    ["python: can't open file '/app/main.py': [Errno 2] No such file or directory", 'the file /app/main.py is not in the image'],
    ["sh: can't open 'run.sh': No such file or directory", 'the file run.sh is not in the image'],
    ['sh: pnpm: not found', 'the command pnpm is not in the image'],
    ['/entrypoint.sh: line 3: uvicorn: command not found', 'the command uvicorn is not in the image'],
    [
      'exec /usr/local/bin/docker-entrypoint.sh: exec format error',
      'the image was built for another processor architecture, or its entrypoint script has no #! line',
    ],
    ['exec: "/etc": permission denied: unknown', '/etc may not be executed (chmod +x, or the user of the container lacks the right)'],
    ["Error: EACCES: permission denied, open '/data/db.sqlite'", 'the user of the container has no right to /data/db.sqlite'],
    [
      'Error: listen EADDRINUSE: address already in use :::3000',
      'port 3000 is already in use inside the container: something in it listens there already',
    ],
    [
      'Error: connect ECONNREFUSED 172.18.0.3:5432',
      'nothing answers at 172.18.0.3:5432: what it depends on does not run, or listens elsewhere',
    ],
    ['Error: getaddrinfo ENOTFOUND postgres', 'the name postgres leads nowhere: no running service is called so on its networks'],
    ['FATAL:  database "shop" does not exist', 'the database shop does not exist on the server (its volume may be older than the setting)'],
    [
      'FATAL:  role "app" does not exist',
      'the database role app does not exist (the volume may have been made with another POSTGRES_USER)',
    ],
    [
      'FATAL:  password authentication failed for user "app"',
      'the database refuses the password of app (a volume keeps the password that it was made with)',
    ],
    ['Error: DATABASE_URL is not set', 'the environment variable DATABASE_URL is missing'],
    ['Error: Missing required environment variable: SESSION_SECRET', 'the environment variable SESSION_SECRET is missing'],
    ['touch: /app/x: Read-only file system', 'it writes to a file system that is mounted read-only'],
    ['write /data/x: no space left on device', 'the disk is full'],
    ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 'it ran out of memory'],
  ])('%s', (line, likely) => {
    expect(recogniseCause('', ['listening', line, 'bye'], 'api')?.likely).toBe(likely);
  });

  test.each(['listening on :3000', 'GET /health 200', 'Done in 2.3s', 'ready'])('nothing is read into: %s', (line) => {
    expect(recogniseCause('', [line], 'api')).toBeUndefined();
  });
});

test.each([
  ['Error starting userland proxy: listen tcp4 127.0.0.1:28431: bind: address already in use', 28431, 'tcp'],
  ['Bind for 127.0.0.1:28432 failed: port is already allocated', 28432, 'tcp'],
  ['listen udp4 0.0.0.0:53: bind: address already in use', 53, 'udp'],
  ['Bind for :::8080 failed: port is already allocated', 8080, 'tcp'],
  ['failed to bind host port for 0.0.0.0:5432:172.18.0.2:5432/tcp: address already in use', 5432, 'tcp'],
  ['Ports are not available: exposing port TCP 0.0.0.0:80 -> 127.0.0.1:0: listen tcp 0.0.0.0:80: bind: in use', 80, 'tcp'],
])('%s', (error, port, protocol) => {
  expect(portConflictOf({ error })).toEqual({ port, protocol });
});
