import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { ComposeInputs } from '#docker/compose.ts';
import { dockerEdges, inputsIn } from '../docker-edges.ts';
import { requireEngine } from '../engine.ts';
import { makeStack } from '../stack.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'devctl-model-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Sample {
  readonly name: string;
  readonly directory: string;
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
}

const SAMPLES: readonly Sample[] = [
  { name: 'shop', directory: 'examples/shop', files: ['compose.yaml'], envFiles: ['.env'] },
  { name: 'shop-prod', directory: 'examples/shop', files: ['compose.yaml', 'compose.prod.yaml'], envFiles: ['.env', '.env.production'] },
  { name: 'hyperpage', directory: 'test/fixtures/stacks/hyperpage', files: ['docker-compose.yml'], envFiles: ['.env.dev'] },
];

describe.runIf(requireEngine())('the merged model', () => {
  it.each(SAMPLES)('of $name is what docker compose config says', async ({ name, directory, files, envFiles }) => {
    const { compose, endpoint } = await dockerEdges(home);
    const absolute = (file: string): string => join(root, directory, file);
    const inputs: ComposeInputs = {
      endpoint,
      projectName: name,
      projectDirectory: join(root, directory),
      files: files.map(absolute),
      envFiles: envFiles.map(absolute),
      profiles: [],
      pass: {},
    };
    const args = [...files.flatMap((one) => ['-f', one]), ...envFiles.flatMap((one) => ['--env-file', one])];
    const config = (...argv: string[]): string =>
      execFileSync('docker', ['compose', '-p', name, ...args, 'config', ...argv], { cwd: join(root, directory), encoding: 'utf8' });
    const truth = JSON.parse(config('--format', 'json').replaceAll('$$', '$')) as {
      services: Record<string, Truth>;
      volumes?: Record<string, { name: string }>;
    };

    const model = await compose.model(inputs);
    expect(model.name).toBe(name);
    expect(Object.keys(model.services)).toEqual(Object.keys(truth.services));
    for (const [service, expected] of Object.entries(truth.services)) {
      const { image, command, environment, mounts, ports, dependsOn } = model.services[service]!;
      expect({ image, command, environment }).toEqual({
        image: expected.image,
        command: expected.command ?? undefined,
        environment: expected.environment ?? {},
      });
      const tmpfs = [expected.tmpfs ?? []].flat().map((one) => one.split(':')[0]);
      expect(mounts.map((one) => one.target)).toEqual([...(expected.volumes ?? []).map((one) => one.target), ...tmpfs]);
      expect(ports.map((one) => one.target)).toEqual((expected.ports ?? []).map((one) => one.target));
      expect(dependsOn.map((one) => one.service)).toEqual(Object.keys(expected.depends_on ?? {}));
    }
    expect(Object.values(model.volumes).map((one) => one.name)).toEqual(Object.values(truth.volumes ?? {}).map((one) => one.name));
    expect(await compose.hashes(inputs)).toEqual(
      Object.fromEntries(
        config('--hash', '*')
          .trim()
          .split('\n')
          .map((line) => line.split(' ')),
      ),
    );
    expect(Object.keys(await compose.fingerprints(inputs))).toEqual(Object.keys(model.services));
    const again = (await dockerEdges(home)).compose;
    expect(Object.keys((await again.cachedModel(inputs))!.services)).toEqual(Object.keys(model.services));
    expect(JSON.parse(await compose.configText(inputs, { format: 'json', interpolate: true }))).toMatchObject({ name });
  });

  it('no stray .env and no COMPOSE_ variable gets in', async () => {
    const stack = makeStack(
      'dockermodel',
      {
        'compose.yaml': `services: {a: {image: "busybox:\${TAG:-none}"}}`,
        '.env': 'TAG=stray\nCOMPOSE_PROFILES=x\n',
        'own.env': 'TAG=own\n',
      },
      {},
    );
    try {
      const { compose, endpoint } = await dockerEdges(stack.directory);
      const inputs = inputsIn(endpoint, stack);
      expect((await compose.model(inputs)).services.a!.image).toBe('busybox:none');
      expect((await compose.model({ ...inputs, envFiles: [join(stack.directory, 'own.env')] })).services.a!.image).toBe('busybox:own');
    } finally {
      stack.cleanUp();
    }
  });

  it('a broken file, a missing file and a missing env file are told apart, with the file set', async () => {
    const stack = makeStack(
      'dockerbroken',
      { 'compose.yaml': 'services: {a: {imag: x}}', 'env.yaml': 'services: {a: {image: x, env_file: [gone.env]}}' },
      {},
    );
    try {
      const { compose, endpoint } = await dockerEdges(stack.directory);
      const inputs = inputsIn(endpoint, stack);
      const failing = (...files: string[]) => compose.model({ ...inputs, files: files.map((one) => join(stack.directory, one)) });
      await expect(failing('compose.yaml')).rejects.toMatchObject({
        kind: 'usage',
        message: expect.stringMatching(/imag.*\n {2}files: .*compose\.yaml/),
      });
      await expect(failing('none.yaml')).rejects.toMatchObject({
        kind: 'usage',
        hint: expect.stringContaining('none.yaml, which does not exist'),
      });
      await expect(failing('env.yaml')).rejects.toMatchObject({
        kind: 'usage',
        hint: expect.stringContaining('gone.env is missing: copy it'),
      });
    } finally {
      stack.cleanUp();
    }
  });
});

interface Truth {
  readonly image?: string;
  readonly command?: readonly string[] | null;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly volumes?: readonly { readonly target: string }[];
  readonly tmpfs?: string | readonly string[];
  readonly ports?: readonly { readonly target: number }[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
}
