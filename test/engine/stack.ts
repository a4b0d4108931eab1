import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningDevctl, startDevctl } from './running-devctl.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NODE = process.execPath;

/** How one devctl command ended. */
export interface DevctlResult {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, standard output first. */
  readonly text: string;
  /** Standard output as one JSON document. */
  json<T = Record<string, unknown>>(): T;
}

export interface DevctlRun {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Dies by SIGKILL at this line of its journal. */
  readonly kill?: { readonly at: number; readonly when: 'before' | 'after' };
  readonly cwd?: string;
}

/** A compose project in a directory of its own, with devctl's data and state beside it. */
export interface TestStack {
  readonly directory: string;
  readonly name: string;
  devctl(args: readonly string[], run?: DevctlRun): DevctlResult;
  /** The same without waiting for its end. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): RunningDevctl;
  write(file: string, text: string): void;
  /** `docker ARGS`, standard output trimmed; throws when it fails. */
  docker(...args: string[]): string;
  /** Names of the project's volumes, sorted. */
  volumes(): string[];
  /** Names of the project's containers, sorted, those of devctl itself left out. */
  containers(): string[];
  /** Holders on volumes of this project. */
  holders(): string[];
  /** Removes what the project has on the engine, and the directory. */
  cleanUp(): void;
}

/** Makes a project from files (path → text). `name` must be unique on the engine; it is the compose project name too. */
export function makeStack(name: string, files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}): TestStack {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'devctl-stack-')));
  const directory = join(home, name);
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  return stackIn(directory, name, { home, env, write });
}

/** devctl on a copy of a project (fixtures, examples), in a directory of the same name: project names come from it. */
export function copyStack(source: string, name: string, env: Readonly<Record<string, string>> = {}): TestStack {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'devctl-stack-')));
  const directory = join(home, basename(source));
  cpSync(source, directory, { recursive: true });
  return stackIn(directory, name, { home, env, write: (file, text) => writeFileSync(join(directory, file), text) });
}

interface Place {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  readonly write: (file: string, text: string) => void;
}

function stackIn(directory: string, name: string, { home, env, write }: Place): TestStack {
  const docker = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('docker', args, { encoding: 'utf8', env: { ...process.env, ...env } });
    if (status !== 0) throw new Error(`docker ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  const list = (...args: string[]): string[] =>
    docker(...args)
      .split('\n')
      .filter((line) => line !== '')
      .sort();
  const label = `label=com.docker.compose.project=${name}`;
  return {
    directory,
    name,
    write,
    docker,
    devctl: (args, run = {}) => runDevctl(args, { ...run, cwd: run.cwd ?? directory, env: { ...environment(home), ...env, ...run.env } }),
    start: (args, more = {}) => startDevctl(args, directory, { ...environment(home), ...env, ...more }),
    volumes: () => list('volume', 'ls', '--quiet', '--filter', label),
    containers: () => list('ps', '--all', '--filter', label, '--format', '{{.Names}}'),
    holders: () =>
      list('ps', '--all', '--filter', 'label=devctl.purpose=holder', '--format', '{{.Label "devctl.holds"}}').filter((volume) =>
        volume.startsWith(name),
      ),
    cleanUp: () => {
      removeAll(name, docker, list);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What a new user has: nothing of devctl's, no marker of a pipeline or an agent. */
function environment(home: string): Record<string, string> {
  const { PATH = '', DOCKER_HOST, DOCKER_CONFIG } = process.env;
  return { PATH, HOME: home, LANG: 'C.UTF-8', ...(DOCKER_HOST ? { DOCKER_HOST } : {}), ...(DOCKER_CONFIG ? { DOCKER_CONFIG } : {}) };
}

function runDevctl(
  args: readonly string[],
  run: DevctlRun & { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): DevctlResult {
  const script = run.kill ? [join(ROOT, 'test/engine/faults/killed.ts')] : [join(ROOT, 'bin/devctl')];
  const fault: Record<string, string> = run.kill ? { DEVCTL_TEST_KILL_AT: String(run.kill.at), DEVCTL_TEST_KILL_WHEN: run.kill.when } : {};
  const ended: SpawnSyncReturns<string> = spawnSync(NODE, ['--no-warnings', ...script, ...args], {
    cwd: run.cwd,
    env: { ...run.env, ...fault },
    input: run.input ?? '',
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  const { status, signal, stdout, stderr } = ended;
  return { code: status, signal, stdout, stderr, text: stdout + stderr, json: <T>() => JSON.parse(stdout) as T };
}

function removeAll(name: string, docker: (...args: string[]) => string, list: (...args: string[]) => string[]): void {
  const label = `label=com.docker.compose.project=${name}`;
  const holders = list('ps', '--all', '--filter', 'label=devctl.purpose=holder', '--format', '{{.ID}} {{.Label "devctl.holds"}}');
  const ids = holders.filter((line) => line.split(' ')[1]?.startsWith(name)).map((line) => line.split(' ')[0] ?? '');
  const containers = [...list('ps', '--all', '--quiet', '--filter', label), ...ids];
  if (containers.length > 0) docker('rm', '--force', '--volumes', ...containers);
  const volumes = list('volume', 'ls', '--quiet', '--filter', label);
  if (volumes.length > 0) docker('volume', 'rm', ...volumes);
  const networks = list('network', 'ls', '--quiet', '--filter', label);
  if (networks.length > 0) docker('network', 'rm', ...networks);
}
