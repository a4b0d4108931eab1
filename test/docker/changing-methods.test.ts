import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Compose } from '#docker/compose.ts';
import { createCompose } from '#docker/compose-cli.ts';
import type { Engine } from '#docker/engine.ts';
import type { Clearance } from '#domain/clearance.ts';
import type { Effect, Step } from '#domain/plan.ts';
import { createFiles } from '#system/files.ts';
import { resolveLocations } from '#system/locations.ts';
import type { Processes } from '#system/processes.ts';
import { temporaryDirectory } from '../system/temporary.ts';
import { allCleared, fakeEngine, noneCleared } from './fake-engine.ts';

const source = (name: string): string => readFileSync(fileURLToPath(new URL(`../../src/docker/${name}`, import.meta.url)), 'utf8');

/** Methods that only read. Whoever adds one that changes something does not add it here: it takes `(clearance, step)`. */
const READING: Readonly<Record<'Engine' | 'Compose', readonly string[]>> = {
  Engine: [
    'identity',
    'containers',
    'container',
    'volumes',
    'volume',
    'networks',
    'imageId',
    'follow',
    'stats',
    'logs',
    'probe',
    'holders',
    'close',
  ],
  Compose: ['version', 'model', 'cachedModel', 'configText', 'hashes', 'fingerprints', 'commandLine'],
};

/** Method → first two parameters with their types, as the interface declares them. */
function methodsOf(text: string, name: string): ReadonlyMap<string, string> {
  const body = new RegExp(`export interface ${name} \\{\\n(.*?)\\n\\}`, 's').exec(text)?.[1] ?? '';
  const methods = [...body.matchAll(/^ {2}(\w+)\(\s*([^)]*)/gm)];
  return new Map(
    methods.map(([, method = '', parameters = '']) => [
      method,
      parameters
        .split(',')
        .slice(0, 2)
        .map((one) => one.trim())
        .join(', '),
    ]),
  );
}

const changing = (['Engine', 'Compose'] as const).flatMap((name) =>
  [...methodsOf(source(`${name.toLowerCase()}.ts`), name)]
    .filter(([method]) => !READING[name].includes(method))
    .map(([method, parameters]) => ({ name, method, parameters })),
);

test('the walk finds the methods', () => {
  expect(changing.map((one) => `${one.name}.${one.method}`)).toEqual([
    'Engine.createHolder',
    'Engine.removeContainer',
    'Engine.stopContainer',
    'Engine.removeVolume',
    'Compose.run',
    'Compose.runInTerminal',
  ]);
});

test.each(changing)('$name.$method takes (clearance, step)', ({ parameters }) => {
  expect(parameters).toBe('clearance: Clearance, step: Step');
});

const clearance = {} as Clearance;
const stepFor = (effect: Effect): Step => ({
  id: 1,
  what: 'remove volume shop_data',
  why: '',
  after: [],
  risk: 'irrecoverable',
  effect,
  onFailure: [],
});
const removal = stepFor({ kind: 'remove-volume', volume: 'shop_data' });
const call = (edge: Engine | Compose, method: string, ...rest: readonly unknown[]): Promise<unknown> =>
  (edge as unknown as Record<string, (...args: readonly unknown[]) => Promise<unknown>>)[method]!(...rest);

const noProcess: Processes = {
  run: () => Promise.reject(new Error('a process was run')),
  end: () => Promise.reject(new Error('a process was ended')),
  startTicks: async () => undefined,
};
const composeWith = (register: typeof allCleared): Compose =>
  createCompose({ processes: noProcess, files: createFiles(), locations: resolveLocations({}, temporaryDirectory()), env: {}, register });

test.each(changing)('$name.$method does nothing at all without a clearance that holds the step', async ({ name, method }) => {
  const fake = await fakeEngine({}, noneCleared);
  const edge = name === 'Engine' ? fake.engine : composeWith(noneCleared);
  const step = name === 'Engine' ? removal : stepFor({ kind: 'compose', argv: ['down'] });
  await expect(call(edge, method, clearance, step, 'shop_data', ['down'])).rejects.toMatchObject({
    kind: 'bug',
    message: expect.stringContaining('not cleared'),
  });
  expect(fake.requests).toEqual([]);
});

test('a cleared step does what it says and nothing else', async () => {
  const fake = await fakeEngine({ 'DELETE /v1.44/volumes/shop_data': [204] });
  await expect(fake.engine.removeVolume(clearance, removal, 'other_data')).rejects.toMatchObject({ kind: 'bug' });
  await expect(composeWith(allCleared).run(clearance, removal, {} as never, ['down', '--volumes'])).rejects.toMatchObject({ kind: 'bug' });
  const down = stepFor({ kind: 'compose', argv: ['down'] });
  await expect(composeWith(allCleared).run(clearance, down, {} as never, ['down', '--volumes'])).rejects.toMatchObject({ kind: 'bug' });
  expect(fake.requests).toEqual([]);
  await fake.engine.removeVolume(clearance, removal, 'shop_data');
  expect(fake.requests).toEqual(['DELETE /v1.44/volumes/shop_data']);
});

test('dockerode and processes are reached through one file each', () => {
  const names = readdirSync(fileURLToPath(new URL('../../src/docker/', import.meta.url)));
  const using = (pattern: RegExp): readonly string[] => names.filter((name) => pattern.test(source(name)));
  expect(using(/import\('dockerode'\)/)).toEqual(['engine-client.ts']);
  expect(using(/modem\.dial|method: '/)).toEqual(['engine-client.ts']);
  expect(using(/processes\.run\(/)).toEqual(['compose-cli.ts', 'compose-version.ts']);
});
