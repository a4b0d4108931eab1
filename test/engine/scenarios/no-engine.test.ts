import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireEngine } from '../engine.ts';
import { makeStack, type TestStack } from '../stack.ts';

const COMPOSE = 'services:\n  a: {image: busybox, command: sleep 3600, init: true}\n';

describe.runIf(requireEngine())('no engine', () => {
  let stack: TestStack;
  let server: Server | undefined;

  beforeEach(() => {
    stack = makeStack('noe-test', { 'compose.yaml': COMPOSE });
  });
  afterEach(() => {
    server?.close();
    server = undefined;
    expect(stack.containers()).toEqual([]);
    stack.cleanUp();
  });

  async function listening(made: Server): Promise<string> {
    server = made.listen(0, '127.0.0.1');
    await new Promise((resolve) => made.once('listening', resolve));
    return `tcp://127.0.0.1:${(made.address() as AddressInfo).port}`;
  }

  /** A program of that name which comes first on PATH. */
  function firstOnPath(script: string): string {
    const directory = join(dirname(stack.directory), 'bin');
    mkdirSync(directory);
    writeFileSync(join(directory, 'docker'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(directory, 'docker'), 0o755);
    return `${directory}:${process.env.PATH}`;
  }

  it.each(['up', 'ps', 'status', 'logs', 'down', 'journal', 'health', 'volumes', ''])('devctl %s says so and exits 5', (command) => {
    const { code, stderr, stdout } = stack.devctl(command === '' ? [] : [command], { env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } });
    expect(stderr).toBe(
      '✖ No engine answers at unix:///nowhere/docker.sock (DOCKER_HOST).\n  → Start Docker (sudo systemctl start docker, or Docker Desktop).\n',
    );
    expect(code).toBe(5);
    expect(stdout).toBe('');
  });

  it('what needs no engine works without one', () => {
    const env = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };
    expect(stack.devctl(['profiles', 'list'], { env }).code).toBe(0);
    expect(stack.devctl(['config'], { env }).code).toBe(0);
    expect(stack.devctl(['version'], { env }).stdout).toContain('engine not reached');
  });

  it.each([
    ['tcp://127.0.0.1:1', 5, 'No engine answers at tcp://127.0.0.1:1'],
    ['ssh://box', 5, 'devctl cannot speak to ssh://box (DOCKER_HOST) yet.'],
    ['tcp://192.0.2.1:2375', 5, 'devctl cannot speak to tcp://192.0.2.1:2375 (DOCKER_HOST) yet.'],
    ['nonsense', 5, 'devctl cannot speak to nonsense (DOCKER_HOST) yet.'],
  ])('DOCKER_HOST=%s', (host, code, words) => {
    const ended = stack.devctl(['up', '--json'], { env: { DOCKER_HOST: host } });
    expect(ended).toMatchObject({ code });
    expect(ended.json()).toMatchObject({ schema: 1, error: { kind: 'environment', message: expect.stringContaining(words) } });
  });

  it('a context that does not exist', () => {
    const { code, stderr } = stack.devctl(['up'], { env: { DOCKER_CONTEXT: 'nope' } });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: '✖ There is no docker context "nope" (DOCKER_CONTEXT).\n  → Contexts: default.\n',
    });
  });

  it('one that takes connections and never answers is given up after five seconds', async () => {
    const host = await listening(createServer(() => undefined));
    const started = performance.now();
    const running = stack.start(['up'], { DOCKER_HOST: host });
    expect(await running.ended).toBe(5);
    expect(running.text()).toContain(`${host} (DOCKER_HOST) takes connections, but no engine answers there.`);
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it('what is no engine, and one that is too old', async () => {
    const answers = (body: string) => createHttp((_, response) => void response.setHeader('content-type', 'application/json').end(body));
    const page = stack.start(['ps'], { DOCKER_HOST: await listening(answers('"hello"')) });
    expect(await page.ended).toBe(5);
    expect(page.text()).toContain('is not a Docker engine.');
    server?.close();
    const old = stack.start(['ps'], { DOCKER_HOST: await listening(answers('{"Version":"20.10.24","ApiVersion":"1.41"}')) });
    expect(await old.ended).toBe(5);
    expect(old.text()).toContain('The engine is version 20.10.24 (API 1.41): devctl needs 25.0 (API 1.44) or newer.');
  });

  it.each([
    ['echo 2.20.1', 'Docker Compose 2.20.1 is too old: devctl needs 2.26.1 or newer.'],
    ['echo "docker: compose is not a docker command" >&2; exit 1', 'the Compose plugin is missing'],
  ])('Compose: %s', (script, words) => {
    const { code, text } = stack.devctl(['up'], { env: { PATH: firstOnPath(script) } });
    expect(code).toBe(5);
    expect(text).toContain(words);
    expect(text).toContain('https://docs.docker.com/compose/install/');
  });

  it('no docker command at all', () => {
    const { code, text } = stack.devctl(['up'], { env: { PATH: '/nowhere' } });
    expect(code).toBe(5);
    expect(text).toContain('There is no docker command on PATH.');
  });
});
