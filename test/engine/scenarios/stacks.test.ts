import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireEngine } from '../engine.ts';
import { copyStack, type TestStack } from '../stack.ts';

const EXPECTED = fileURLToPath(new URL('../../fixtures/stacks/expected.json', import.meta.url));

interface ExpectedProfile {
  readonly name: string;
  readonly default: boolean;
  readonly files: readonly string[];
  readonly projectDirectory: string;
  readonly envFiles: readonly string[];
  readonly composeProfiles: readonly string[];
  readonly projectName: string;
  readonly startable: boolean;
  readonly services: Readonly<Record<string, 'healthy' | 'running' | 'completed' | 'failing'>>;
  readonly ports: Readonly<Record<string, number>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly externalVolumes: readonly string[];
}

interface ExpectedStack {
  readonly root: string;
  readonly profiles: readonly ExpectedProfile[];
}

interface Row {
  readonly service: string;
  readonly state: string;
  readonly health: string;
  readonly exitCode: number | null;
}

const { stacks } = JSON.parse(readFileSync(EXPECTED, 'utf8')) as { stacks: readonly ExpectedStack[] };
// A second Compose proves the default profile of each; the first one proves all.
const onlyDefaults = process.env.DEVCTL_TEST_DEFAULTS_ONLY === '1';
const cases = stacks.flatMap((stack) =>
  stack.profiles
    .filter((profile) => profile.startable && (!onlyDefaults || profile.default))
    .map((profile) => ({ stack, profile, label: `${stack.root} · ${profile.name}` })),
);

describe.runIf(requireEngine())('every stack of the seed documents', () => {
  describe.each(cases)('$label', ({ stack, profile }) => {
    let on: TestStack;
    // The sample may well be running here, from `npm start`: its copy gets names of its own.
    const isSample = stack.root.includes('examples');
    const projectName = isSample ? `stacktest-${profile.projectName}` : profile.projectName;
    const isUp = Object.values(profile.services).every((state) => state !== 'failing');

    beforeAll(() => {
      const env = { HEALTH_INTERVAL: '2s', ...profile.variables, ...freePorts(profile.ports) };
      on = copyStack(resolve(dirname(EXPECTED), stack.root), projectName, env);
      if (isSample) pinProjectName(on, profile.name, projectName);
      for (const volume of profile.externalVolumes) on.docker('volume', 'create', volume);
    });

    afterAll(() => {
      on.cleanUp();
      for (const volume of profile.externalVolumes) on.docker('volume', 'rm', '--force', volume);
    });

    const devctl = (...args: string[]) => on.devctl(['-p', profile.name, ...args]);

    it('has the services that compose itself sees', () => {
      const { services } = devctl('config', '--format', 'json').json<{ services: Record<string, unknown> }>();
      const own = spawnSync('docker', [...composeArgs(on, { ...profile, projectName }), 'config', '--format', 'json'], {
        encoding: 'utf8',
        env: { ...process.env, HEALTH_INTERVAL: '2s', ...profile.variables, ...freePorts(profile.ports) },
      });
      expect(own.stderr).not.toContain('error');
      expect(Object.keys(services).sort()).toEqual(Object.keys((JSON.parse(own.stdout) as { services: object }).services).sort());
      expect(Object.keys(services).sort()).toEqual(Object.keys(profile.services).sort());
    });

    it('comes up, tells its state, restarts and goes down', () => {
      const up = devctl('up', '--wait', '--timeout', '90s', '--yes', '--confirm', profile.name);
      expect(up.code, up.text).toBe(isUp ? 0 : 4);
      const { services } = devctl('ps', '--json').json<{ services: Row[] }>();
      // What fails in a loop runs for a moment now and then.
      const seen = services.map((row) => [row.service, profile.services[row.service] === 'failing' ? 'failing' : wordOf(row)]);
      expect(Object.fromEntries(seen)).toEqual(profile.services);
      const health = devctl('health', '--json');
      expect(health.json()).toMatchObject({ schema: 1, overall: isUp ? 'healthy' : 'unhealthy' });
      expect(devctl('logs', '--tail', '5').code).toBe(0);
      const status = devctl('status');
      expect(status.code).toBe(isUp ? 0 : 4);
      const [first = ''] = Object.entries(profile.services).find(([, state]) => state === 'healthy') ?? [];
      expect(devctl('restart', first, '--wait', '--yes', '--confirm', profile.name).code).toBe(0);
      const down = devctl('down', '--yes', '--confirm', profile.name);
      expect(down.code, down.text).toBe(0);
      expect(on.containers()).toEqual([]);
      for (const volume of profile.externalVolumes) expect(on.docker('volume', 'ls', '--quiet', '--filter', `name=${volume}`)).toBe(volume);
    });
  });
});

function pinProjectName(on: TestStack, profile: string, projectName: string): void {
  const file = `profiles/${profile}.yaml`;
  on.write(file, readFileSync(resolve(on.directory, file), 'utf8').replace(/projectName: \S+/, `projectName: ${projectName}`));
}

function wordOf({ state, health, exitCode }: Row): string {
  if (state === 'running') return health === 'none' ? 'running' : health === 'healthy' ? 'healthy' : 'failing';
  return state === 'exited' && exitCode === 0 ? 'completed' : 'failing';
}

/** Ports of this test run alone, so that nothing that runs on the machine is in the way. */
function freePorts(ports: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(20_000 + (port % 20_000))]));
}

function composeArgs(on: TestStack, profile: ExpectedProfile): string[] {
  const path = (file: string): string => resolve(on.directory, file);
  return [
    'compose',
    '--project-name',
    profile.projectName,
    '--project-directory',
    path(profile.projectDirectory),
    ...profile.files.flatMap((file) => ['--file', path(file)]),
    ...profile.envFiles.flatMap((file) => ['--env-file', path(file)]),
    ...profile.composeProfiles.flatMap((name) => ['--profile', name]),
  ];
}
