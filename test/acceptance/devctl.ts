import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { type FakeDocker, fakeDocker } from '../fakes/docker.ts';
import { temporaryDirectory } from '../system/temporary.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A project directory with a fake docker program, and devctl as a process of its own in it. */
export interface Scenario {
  readonly directory: string;
  readonly docker: FakeDocker;
  devctl(...args: readonly string[]): Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface ScenarioFiles {
  /** Path → text. */
  readonly files: Readonly<Record<string, string>>;
  /** Value of DOCKER_HOST; a socket that nobody listens on when not given. */
  readonly host?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Fails the test in the end when docker was called otherwise than recorded. */
export function scenario({ files, host, env = {} }: ScenarioFiles): Scenario {
  const home = temporaryDirectory();
  const directory = join(home, 'shop');
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  // Never run; its time and size are what remembered facts about Compose belong to.
  const plugin = join(home, '.docker/cli-plugins/docker-compose');
  mkdirSync(dirname(plugin), { recursive: true });
  writeFileSync(plugin, '', { mode: 0o755 });
  const docker = fakeDocker(join(home, 'bin'));
  onTestFinished(() => expect(docker.differences()).toEqual([]));
  const environment = {
    PATH: `${docker.directory}:${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: home,
    LANG: 'C.UTF-8',
    DOCKER_HOST: host ?? `unix://${home}/nobody.sock`,
    ...env,
  };
  return { directory, docker, devctl: (...args) => run(args, directory, environment) };
}

/** The program from its source, as bin/devctl would start its bundle. */
function run(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  const script = `const { main } = await import(${JSON.stringify(MAIN)}); await main(process.argv.slice(1), '1.2.3');`;
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script, '--', ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ended.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ended.err += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...ended }));
  });
}
