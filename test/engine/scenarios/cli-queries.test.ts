import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  eventDocument,
  healthDocument,
  journalDocument,
  profilesListDocument,
  psDocument,
  refusalDocument,
} from '../../shapes/documents.ts';
import { requireEngine } from '../engine.ts';
import { makeStack, type TestStack } from '../stack.ts';

const DEVCTL = fileURLToPath(new URL('../../../bin/devctl', import.meta.url));

// `web` counts its own seconds, so that following has something to tell apart.
const COMPOSE = (port: number): string => `services:
  db:
    image: busybox
    command: [sh, -c, 'trap "exit 0" TERM; echo ready > /tmp/ready; while :; do sleep 0.2; done']
    environment: {DB_PASSWORD: hunter22, MODE: dev}
    healthcheck: {test: [CMD, test, -f, /tmp/ready], interval: 1s, retries: 20}
    volumes: [data:/data]
  web:
    image: devctl/http-app
    ports: ["127.0.0.1::3000"]
    depends_on: {db: {condition: service_healthy}}
  worker:
    image: busybox
    restart: on-failure:1
    command: [sh, -c, 'echo "Error: Cannot find module /app/worker.js" >&2; exit 7']
  late:
    image: busybox
    command: [sleep, infinity]
    depends_on: {sick: {condition: service_healthy}}
  sick:
    image: busybox
    command: [sleep, infinity]
    stop_grace_period: 0s
    healthcheck: {test: [CMD-SHELL, "echo no database; exit 1"], interval: 1s, retries: 2}
  taken:
    image: busybox
    command: [sleep, infinity]
    ports: ["127.0.0.1:${port}:80"]
volumes: {data: }
`;

describe.runIf(requireEngine())('the command line on a stack that is half well', () => {
  let on: TestStack;
  const blocker = createServer();

  beforeAll(async () => {
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const address = blocker.address();
    on = makeStack('cli-queries', { 'compose.yaml': COMPOSE(typeof address === 'object' && address ? address.port : 0) });
    // Compose itself fails here; how devctl tells why is what follows.
    for (const service of ['db', 'web', 'worker', 'sick', 'taken']) spawnCompose(['up', '--detach', '--no-deps', service]);
    spawnCompose(['up', '--no-start', '--no-deps', 'late']);
    for (let tries = 0; tries < 60; tries++) {
      const rows = psDocument.parse(on.devctl(['ps', '--json']).json()).services;
      const state = Object.fromEntries(rows.map((row) => [row.service, `${row.state} ${row.health}`]));
      if (state.db === 'running healthy' && state.sick === 'running unhealthy' && state.worker?.startsWith('exited')) break;
    }
  });

  afterAll(() => {
    on.cleanUp();
    blocker.close();
  });

  function spawnCompose(args: readonly string[]): void {
    try {
      on.docker('compose', '--project-name', on.name, '--file', join(on.directory, 'compose.yaml'), ...args);
    } catch {
      // expected of the services that cannot start
    }
  }

  it('lists the profiles', () => {
    const document = profilesListDocument.parse(on.devctl(['profiles', '--json']).json());
    expect(document.profiles).toMatchObject([{ name: 'dev', source: 'inferred', projectName: 'cli-queries', files: ['compose.yaml'] }]);
  });

  it('lists services and containers as the engine has them', () => {
    const { services } = psDocument.parse(on.devctl(['ps', '--json', '--stats']).json());
    const row = (name: string) => services.find((one) => one.service === name);
    expect(row('db')).toMatchObject({ state: 'running', health: 'healthy', exitCode: null });
    expect(row('db')?.memory).toBeGreaterThan(0);
    expect(row('worker')).toMatchObject({ state: 'exited', exitCode: 7 });
    expect(row('taken')).toMatchObject({ state: 'created' });
    expect(row('web')?.ports).toHaveLength(1);
  });

  it('explains each service that is not well', () => {
    const { code, stdout } = on.devctl(['status']);
    expect(code).toBe(4);
    expect(stdout).toMatch(/✖ worker {2}exited 7/);
    expect(stdout).toContain('Cannot find module /app/worker.js');
    expect(stdout).toContain('no database');
    expect(stdout).toMatch(/late +◐ waiting +waits for sick \(healthy\)/);
    expect(stdout).toMatch(/port \d+ is taken by|is already (taken|in use)|address already in use/);
    expect(stdout).toContain(`pid ${process.pid}`);
    expect(on.devctl(['status', '--short']).stdout).toMatch(/^\S+ dev guarded 2\/6 healthy, unhealthy\n$/);
  });

  it('tells the health of every service', () => {
    const { code, json } = on.devctl(['health', '--json']);
    const document = healthDocument.parse(json());
    expect(code).toBe(4);
    expect(document.overall).toBe('unhealthy');
    expect(document.checks.find((one) => one.name === 'sick')).toMatchObject({ status: 'unhealthy', output: 'no database' });
    expect(document.checks.find((one) => one.name === 'db')).toMatchObject({ status: 'healthy' });
  });

  it('waits, and says who is late', () => {
    expect(on.devctl(['wait', 'db', 'web']).code).toBe(0);
    const { code, stderr } = on.devctl(['wait', 'worker', '--timeout', '3s']);
    expect(code).toBe(4);
    expect(stderr).toContain('Cannot find module /app/worker.js');
  });

  it('shows the same configuration as compose, secrets masked', () => {
    const { stdout } = on.devctl(['config']);
    expect(stdout).not.toContain('hunter22');
    const file = join(on.directory, 'compose.yaml');
    const args = ['compose', '--project-name', on.name, '--project-directory', on.directory, '--file', file, 'config'];
    const theirs = parse(on.docker(...args));
    theirs.services.db.environment.DB_PASSWORD = '•••';
    expect(parse(stdout)).toEqual(theirs);
    expect(on.devctl(['env', 'db']).stdout).toMatch(/DB_PASSWORD +•••\n.*MODE +dev/);
  });

  it('lists volumes with who uses them', () => {
    expect(on.devctl(['volumes', '--json']).json()).toMatchObject({
      volumes: [{ name: 'cli-queries_data', services: ['db'], usedBy: ['cli-queries-db-1'], locked: false, exists: true }],
    });
  });

  it('opens a published port', () => {
    const { url } = on.devctl(['open', 'web', '--json']).json<{ url: string }>();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  it('reads logs of several services, filtered', () => {
    expect(on.devctl(['logs', '--grep', 'cannot find']).stdout).toMatch(/^(worker │ Error: Cannot find module \/app\/worker\.js\n)+$/);
    const lines = on.devctl(['logs', 'web', '--json']).stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ service: 'web', container: 'cli-queries-web-1' }, { service: 'web' }]);
  });

  it('follows logs over a restart and ends quietly with its reader, or with 130', async () => {
    const follower = start(['logs', '-f', 'web', '--json']);
    await follower.until(/listening/);
    on.docker('restart', '--time', '1', 'cli-queries-web-1');
    await follower.until(/listening.*listening/s);
    follower.child.kill('SIGINT');
    expect(await follower.ended).toBe(130);
    const texts = follower
      .text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { time: string; text: string });
    expect(new Set(texts.map((line) => `${line.time} ${line.text}`)).size).toBe(texts.length);

    const other = start(['logs', '-f']);
    await other.until(/│/);
    other.child.stdout?.destroy();
    on.docker('restart', '--time', '1', 'cli-queries-web-1');
    expect(await other.ended).toBe(0);
  });

  it('passes the exit code of a command in a container on; its own failure is 125', () => {
    expect(on.devctl(['exec', 'web', 'sh', '-c', 'exit 9']).code).toBe(9);
    expect(on.devctl(['exec', 'db', 'sh', '-c', 'exit 9']).code).toBe(3);
    expect(on.devctl(['exec', '--yes', 'db', 'sh', '-c', 'exit 9']).code).toBe(9);
    expect(on.devctl(['exec', 'nosuch', 'true']).code).toBe(125);
  });

  it('tells a change as JSON lines, and the journal has it', () => {
    const { code, stdout } = on.devctl(['restart', 'web', '--json', '--reason', 'to see it']);
    expect(code).toBe(0);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => eventDocument.parse(JSON.parse(line)).event);
    expect([events[0], events.at(-1)]).toEqual(['started', 'done']);
    const { entries } = journalDocument.parse(on.devctl(['journal', '--last', '1', '--json']).json());
    expect(entries[0]).toMatchObject({ action: 'stack.restart', outcome: 'done', risk: 'interrupts' });
    expect(on.devctl(['journal', 'verify']).code).toBe(0);
  });

  it('plans without doing, and refuses without a terminal', () => {
    const planned = on.devctl(['plan', '--', 'down', '--volumes']);
    expect(planned.stdout).toContain('volume cli-queries_data');
    const { code, json, stderr } = on.devctl(['down', '--volumes'], { input: 'yes\nyes\n' });
    expect(code).toBe(3);
    expect(refusalDocument.parse(json())).toMatchObject({
      losses: [{ name: 'cli-queries_data' }],
      allow: expect.stringMatching(/^--plan [0-9a-f]{16}$/),
    });
    expect(stderr).toContain('--plan');
    expect(on.volumes()).toEqual(['cli-queries_data']);
  });

  interface Follower {
    readonly child: ReturnType<typeof spawn>;
    readonly ended: Promise<number | null>;
    text(): string;
    until(pattern: RegExp): Promise<void>;
  }

  function start(args: readonly string[]): Follower {
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, [DEVCTL, ...args], {
      cwd: on.directory,
      env: { PATH, HOME: join(on.directory, '..') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let written = '';
    const waiting = new Set<() => void>();
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      written += text;
      for (const look of waiting) look();
    });
    return {
      child,
      ended: new Promise((resolve) => child.on('close', (code) => resolve(code))),
      text: () => written,
      until: (pattern) =>
        new Promise((resolve) => {
          const look = (): void => {
            if (!pattern.test(written)) return;
            waiting.delete(look);
            resolve();
          };
          waiting.add(look);
          look();
        }),
    };
  }
});
