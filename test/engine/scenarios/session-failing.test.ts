import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overallHealth } from '#session/selectors.ts';
import type { Explanation } from '#session/service.ts';
import { aProbe } from '../../session/builders.ts';
import { requireEngine } from '../engine.ts';
import { makeStack, type TestStack } from '../stack.ts';
import { composeUp, docker, type LiveSession, watchStack } from './session-stack.ts';

const COMPOSE = `
services:
  bad-command: {image: busybox, command: [nosuchcommand, --serve]}
  process-port: {image: devctl/http-app, ports: ["127.0.0.1:28471:3000"]}
  container-port: {image: devctl/http-app, ports: ["127.0.0.1:28472:3000"]}
  module: {image: "node:22-alpine", command: [node, dist/workers/index.js]}
  loop: {image: busybox, command: [sh, -c, 'echo "Error: DATABASE_URL is not set" >&2; exit 3'], restart: always}
  memory: {image: busybox, command: [sh, -c, 'tail /dev/zero'], mem_limit: 16m}
  db:
    image: busybox
    command: sleep 600
    init: true
    healthcheck: {test: "echo no database here; exit 1", interval: 1s, timeout: 1s, retries: 1}
  api: {image: busybox, command: sleep 600, init: true, depends_on: {db: {condition: service_healthy}}}
  web: {image: busybox, command: sleep 600, init: true, depends_on: [api]}
  probed: {image: devctl/http-app, ports: ["127.0.0.1:28473:3000"]}
`;

describe.runIf(requireEngine())('services that cannot start, on a real engine', () => {
  let stack: TestStack;
  let live: LiveSession;
  let holder: Server;
  const until = (service: string, isTold: (told: Explanation) => boolean) =>
    live.until(() => {
      const told = live.session.explain(service);
      return told !== undefined && isTold(told);
    });

  beforeAll(async () => {
    holder = createServer().listen(28471, '127.0.0.1');
    await docker('run', '-d', '--name', 'session-failing-other', '-p', '127.0.0.1:28472:3000', 'devctl/http-app');
    stack = makeStack('session-failing', { 'compose.yaml': COMPOSE });
    live = watchStack(stack, {
      probes: [
        aProbe({
          name: 'down',
          service: 'probed',
          everySeconds: 1,
          kind: 'http',
          url: 'http://127.0.0.1:28473/nosuchpage',
          expect: { status: 200 },
        }),
      ],
    });
    await live.session.ready;
    for (const service of ['bad-command', 'process-port', 'container-port', 'module', 'loop', 'memory', 'probed'])
      await composeUp(stack, service);
    await composeUp(stack, 'web');
  });
  afterAll(async () => {
    await live?.stop();
    holder?.close();
    stack?.cleanUp();
    await docker('rm', '-f', 'session-failing-other');
  });

  test('a command that is not there', async () => {
    await until('bad-command', (told) => told.likely !== undefined);
    const told = live.session.explain('bad-command');
    expect(told?.likely).toBe('the command nosuchcommand is not in the image');
    expect(told?.headline).toMatch(/^cannot start: .*executable file not found/);
    expect(live.view('bad-command')?.condition).toBe('failed');
  });

  test('a port that a process holds', async () => {
    await until('process-port', (told) => /taken by/.test(told.likely ?? ''));
    expect(live.session.explain('process-port')?.likely).toMatch(new RegExp(`^port 28471 is taken by .* \\(pid ${process.pid}\\)$`));
  });

  test("a port that another project's container holds", async () => {
    await until('container-port', (told) => /taken by/.test(told.likely ?? ''));
    expect(live.session.explain('container-port')?.likely).toBe('port 28472 is taken by container session-failing-other');
  });

  test('a file that is not in the image', async () => {
    await until('module', (told) => told.likely !== undefined);
    const told = live.session.explain('module');
    expect(told?.headline).toMatch(/^exited 1, /);
    expect(told?.lastWords.join('\n')).toContain('Cannot find module');
    expect(told?.likely).toMatch(/^the file \/.*dist\/workers\/index.js is not in the image$/);
    expect(told?.facts).toContainEqual({ label: 'Command', value: expect.stringContaining('node dist/workers/index.js') });
  });

  test('a loop of restarts', async () => {
    await live.until(() => live.view('loop')?.condition === 'failed');
    const told = live.session.explain('loop');
    expect(told?.headline).toMatch(/^exited 3, .*restarted \d+ times in \d+ s/);
    expect(told?.likely).toBe('the environment variable DATABASE_URL is missing');
  });

  test('too little memory', async () => {
    await live.until(() => live.view('memory')?.condition === 'failed');
    expect(live.session.explain('memory')?.likely).toBe('it needs more memory than 16 MiB');
  });

  test('a failing health check, and who waits for it', async () => {
    await live.until(() => live.view('db')?.condition === 'unhealthy');
    expect(live.session.explain('db')?.facts).toContainEqual({ label: 'Check exited 1', value: 'no database here' });
    expect(live.session.explain('db')?.facts).toContainEqual({ label: 'Waited for by', value: 'api' });
    expect(live.view('api')?.summary).toBe('waits for db (healthy)');
    expect(live.view('web')?.summary).toBe('waits for api (started)');
    expect(live.session.explain('web')?.likely).toMatch(/^db: unhealthy/);
  });

  test('a probe that does not get what it expects', async () => {
    await live.until((state) => state.probes.down?.status === 'unhealthy', 45_000);
    expect(live.view('probed')).toMatchObject({
      condition: 'unhealthy',
      summary: expect.stringMatching(/probe down: status 404, expected 200/),
    });
    expect(overallHealth(live.session.getState()).status).toBe('unhealthy');
  });

  test('a dependency that is gone', async () => {
    await docker('rm', '-f', 'session-failing-db-1');
    await until('api', (told) => told.likely === 'db does not run');
    expect(live.session.explain('api')?.next).toBe('devctl up api');
  });
});
