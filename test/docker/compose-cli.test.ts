import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { ComposeInputs } from '#docker/compose.ts';
import { createCompose } from '#docker/compose-cli.ts';
import type { Clearance } from '#domain/clearance.ts';
import type { Step } from '#domain/plan.ts';
import { createFiles } from '#system/files.ts';
import { resolveLocations } from '#system/locations.ts';
import type { Processes, ProcessRequest, ProcessResult } from '#system/processes.ts';
import { temporaryDirectory } from '../system/temporary.ts';
import { someInputs } from './compose-inputs.ts';
import { allCleared } from './fake-engine.ts';

const ended: ProcessResult = { exitCode: 0, signal: undefined, stdout: '', stderr: '', killed: false, notFound: false, durationMs: 1 };
const secretModel = (value: string): string =>
  JSON.stringify({
    name: 'shop',
    services: {
      db: {
        image: 'redis:7',
        command: ['redis-server', '--requirepass', value],
        environment: { PASSWORD: value },
        healthcheck: { test: ['CMD', 'redis-cli', '-a', value] },
      },
    },
    volumes: { v: { name: 'shop_v', driver_opts: { o: `password=${value}` } } },
  });

/** A project on disk, and a docker that answers by the verb: `version`, `config`, … */
function project(answers: Readonly<Record<string, Partial<ProcessResult>>> = {}, version = '2.40.3') {
  const root = temporaryDirectory();
  const plugins = join(root, 'plugins');
  mkdirSync(plugins);
  writeFileSync(join(plugins, 'docker'), '');
  mkdirSync(join(root, 'docker/cli-plugins'), { recursive: true });
  writeFileSync(join(root, 'docker/cli-plugins/docker-compose'), '');
  writeFileSync(join(root, 'compose.yaml'), 'services: {db: {image: "redis:$TAG", env_file: [db.env]}}');
  writeFileSync(join(root, '.env'), 'PASSWORD=hunter2\n');
  const requests: ProcessRequest[] = [];
  const answer = (request: ProcessRequest): Partial<ProcessResult> => {
    if (request.args.includes('version')) return answers.version ?? { stdout: `${version}\n` };
    if (request.args.includes('config')) return answers.config ?? { stdout: secretModel('hunter2') };
    return answers.other ?? {};
  };
  const run = vi.fn(async (request: ProcessRequest): Promise<ProcessResult> => {
    requests.push(request);
    const result = { ...ended, ...answer(request) };
    for (const line of result.stderr.split('\n')) request.onLine?.('stderr', line);
    return result;
  });
  const processes: Processes = { run, end: async () => undefined, startTicks: async () => undefined };
  const locations = resolveLocations({}, join(root, 'home'));
  const create = (env: Readonly<Record<string, string>> = {}) =>
    createCompose({
      processes,
      files: createFiles(),
      locations,
      register: allCleared,
      env: { PATH: plugins, DOCKER_CONFIG: join(root, 'docker'), HOME: root, ...env },
    });
  const inputs: ComposeInputs = someInputs({
    projectDirectory: root,
    files: [join(root, 'compose.yaml')],
    envFiles: [join(root, '.env')],
    profiles: [],
  });
  const verbs = (): readonly string[] =>
    requests.map((one) => one.args.find((word) => ['version', 'config', 'up', 'down'].includes(word)) ?? '');
  return { root, requests, create, inputs, locations, verbs };
}

test('a model is merged once, and then comes from memory or, without its secrets, from disk', async () => {
  const { create, inputs, verbs, locations } = project();
  const compose = create();
  expect(await compose.cachedModel(inputs)).toBeUndefined();
  expect(verbs()).toEqual([]);
  expect((await compose.model(inputs)).services.db?.environment).toEqual({ PASSWORD: 'hunter2' });
  expect(await compose.model(inputs)).toBe(await compose.model(inputs));
  expect(verbs()).toEqual(['version', 'config']);

  const fresh = create();
  const cached = await fresh.cachedModel(inputs);
  expect(cached).toMatchObject({
    name: 'shop',
    services: { db: { image: 'redis:7', environment: { PASSWORD: null } } },
    volumes: { v: { name: 'shop_v' } },
  });
  expect(verbs()).toEqual(['version', 'config']);
  const directory = join(locations.cache, 'models');
  for (const name of readdirSync(directory)) {
    expect(readFileSync(join(directory, name), 'utf8')).not.toContain('hunter2');
    expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
  }
  expect((await fresh.model(inputs)).services.db?.environment).toEqual({ PASSWORD: 'hunter2' });
  expect(verbs()).toEqual(['version', 'config', 'config']);
});

test.each([
  ['the compose file', ({ root }: { root: string }) => writeFileSync(join(root, 'compose.yaml'), 'services: {}')],
  ['an env file', ({ root }: { root: string }) => writeFileSync(join(root, '.env'), 'PASSWORD=longer-than-before')],
  ['an env_file that was missing', ({ root }: { root: string }) => writeFileSync(join(root, 'db.env'), 'X=1')],
  ['the plugin', ({ root }: { root: string }) => writeFileSync(join(root, 'docker/cli-plugins/docker-compose'), 'newer')],
])('%s changes: the cached model is no longer true', async (_, change) => {
  const one = project();
  await one.create().model(one.inputs);
  expect(await one.create().cachedModel(one.inputs)).toBeDefined();
  change(one);
  expect(await one.create().cachedModel(one.inputs)).toBeUndefined();
});

test('a variable that the files use counts, any other does not', async () => {
  const { create, inputs } = project();
  await create({ TAG: '1' }).model(inputs);
  expect(await create({ TAG: '1', OTHER: 'x' }).cachedModel(inputs)).toBeDefined();
  expect(await create({ TAG: '2' }).cachedModel(inputs)).toBeUndefined();
  expect(await create({ TAG: '1', PASSWORD: 'shell' }).cachedModel(inputs)).toBeDefined();
  expect(await create({ TAG: '1' }).cachedModel({ ...inputs, pass: { PASSWORD: 'x' } })).toBeUndefined();
  expect(await create({ TAG: '1' }).cachedModel(inputs, { allProfiles: true })).toBeUndefined();
});

test('included and extended files count, and what cannot be known is not cached', async () => {
  const { root, create, inputs } = project();
  mkdirSync(join(root, 'lib'));
  writeFileSync(join(root, 'compose.yaml'), 'include: [lib/a.yaml]\nservices: {x: {extends: {file: lib/b.yaml, service: x}}}');
  writeFileSync(join(root, 'lib/a.yaml'), 'services: {a: {image: a}}');
  writeFileSync(join(root, 'lib/b.yaml'), 'services: {x: {image: b, env_file: {path: c.env}}}');
  for (const file of ['lib/a.yaml', 'lib/b.yaml', 'lib/c.env', 'lib/.env']) {
    await create().model(inputs);
    expect(await create().cachedModel(inputs), file).toBeDefined();
    writeFileSync(join(root, file), `# ${file} is another now\n`);
    expect(await create().cachedModel(inputs), file).toBeUndefined();
    writeFileSync(join(root, 'lib/a.yaml'), 'services: {a: {image: a}}');
    writeFileSync(join(root, 'lib/b.yaml'), 'services: {x: {image: b, env_file: {path: c.env}}}');
  }
  writeFileSync(join(root, 'compose.yaml'), 'include: ["$WHERE/a.yaml"]');
  await create().model(inputs);
  expect(await create().cachedModel(inputs)).toBeUndefined();
});

test('the version is asked once per pair of binaries', async () => {
  const { create, verbs } = project();
  expect((await create().version()).text).toBe('2.40.3');
  expect((await create().version()).text).toBe('2.40.3');
  expect(verbs()).toEqual(['version']);
});

test('docker or its plugin missing', async () => {
  await expect(
    project({ version: { notFound: true, exitCode: null } })
      .create()
      .version(),
  ).rejects.toMatchObject({ kind: 'environment', message: 'There is no docker command on PATH.' });
  const noPlugin = project({ version: { exitCode: 1, stderr: "docker: 'compose' is not a docker command." } });
  await expect(noPlugin.create().version()).rejects.toMatchObject({
    kind: 'environment',
    message: expect.stringContaining('Compose plugin is missing'),
  });
});

test.each([
  ['env file /p/db.env not found: stat /p/db.env: no such file', 'usage', '/p/db.env is missing: copy it'],
  ["couldn't find env file: /p/.env", 'usage', '/p/.env is missing'],
  ["Couldn't find env file: /p/.env", 'usage', '/p/.env is missing'],
  ['open /p/compose.yaml: no such file or directory', 'usage', 'names /p/compose.yaml'],
  ['error while interpolating services.a.image: required variable X is missing a value: set it', 'usage', 'Set X in one of'],
  ['Cannot connect to the Docker daemon at unix:///s. Is the docker daemon running?', 'environment', 'Start Docker'],
])('compose says: %s', async (words, kind, hint) => {
  const { create, inputs } = project({ config: { exitCode: 1, stderr: `time="x" level=warning msg="noise"\n${words}\n` } });
  const failure = await create()
    .model(inputs)
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ kind, hint: expect.stringContaining(hint), message: expect.stringContaining(words) });
  expect(failure).toMatchObject({ message: expect.stringContaining('compose.yaml'), command: { exitCode: 1, stderr: [words] } });
  expect(String(failure)).not.toContain('noise');
});

const clearance = {} as Clearance;
const up: Step = { id: 1, what: 'start', why: '', after: [], risk: 'none', effect: { kind: 'compose', argv: ['up', '-d'] }, onFailure: [] };

test('a change runs with stdin closed, in the project directory, with an environment of its own', async () => {
  const { create, inputs, requests, root } = project();
  await create({ COMPOSE_FILE: 'evil.yaml', PASSWORD: 'shell' }).run(clearance, up, inputs, ['up', '-d'], { outputFile: '/out' });
  const request = requests.at(-1)!;
  expect(request).toMatchObject({ file: 'docker', cwd: root, outputFile: '/out' });
  expect(request.stdin).toBeUndefined();
  expect(request.env).toMatchObject({ COMPOSE_FILE: '', DOCKER_HOST: 'unix:///var/run/docker.sock' });
  expect(request.env).not.toHaveProperty('PASSWORD');
});

test('a failing change is a value with readable output', async () => {
  const { create, inputs } = project({
    other: { exitCode: 1, stderr: '{"id":"Image x","status":"Pulling"}\n{"error":true,"message":"no such image"}' },
  });
  expect(await create().run(clearance, up, inputs, ['up', '-d'])).toMatchObject({
    exitCode: 1,
    stderr: ' Image x  Pulling\nno such image',
  });
});

test('compose asking to throw a volume away is a failure although it exits 0', async () => {
  const question = '? Volume "shop_v" exists but doesn\'t match configuration in compose file. Recreate (data will be lost)? No';
  const { create, inputs } = project({ other: { stderr: question } });
  await expect(create().run(clearance, up, inputs, ['up', '-d'])).rejects.toMatchObject({
    kind: 'external',
    message: expect.stringContaining('shop_v'),
  });
});

test('on the terminal nothing is parsed and all streams are the user’s', async () => {
  const { create, inputs, requests } = project();
  const shell: Step = { ...up, effect: { kind: 'compose-terminal', argv: ['exec', 'db', 'sh'] } };
  await create().runInTerminal(clearance, shell, inputs, ['exec', 'db', 'sh']);
  expect(requests.at(-1)).toMatchObject({ stdin: 'terminal', args: expect.not.arrayContaining(['--ansi']) });
});

test('hashes are read by service', async () => {
  const { create, inputs } = project({ config: { stdout: 'api 1234\ndb abcd\n' } });
  expect(await create().hashes(inputs)).toEqual({ api: '1234', db: 'abcd' });
});
