/**
 * The real engine for tests: what answers, throw-away engines, a second
 * Compose. A thin layer over the `engine` script beside this file.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('engine', import.meta.url));

/** `engine` and `compose` are version strings such as `26.1.5`; `why` is one line for people. */
export type EngineAvailability =
  | { readonly ok: true; readonly engine: string; readonly compose: string }
  | { readonly ok: false; readonly why: string };

/** A throw-away engine of its own; its published ports are not reachable from here. */
export type ScratchEngine = {
  /** Path of its unix socket. */
  readonly socket: string;
  /** The same as a value for DOCKER_HOST. */
  readonly host: string;
  /** Removes its containers, data and directory; idempotent. */
  stop(): Promise<void>;
  /** The daemon dies as in a crash; containers and data stay for `resume`. */
  kill(): Promise<void>;
  /** Starts the daemon again on the same data. */
  resume(): Promise<void>;
  /** Shuts the daemon down in order and starts it again. */
  restart(): Promise<void>;
  /** Copies images, by tag, from the main engine. */
  load(images: readonly string[]): Promise<void>;
};

/** Says, without changing anything, whether engine tests can run: an engine, Compose and the stand-in images. */
export function engineAvailable(): EngineAvailability {
  availability ??= askStatus();
  return availability;
}

let availability: EngineAvailability | undefined;

function askStatus(): EngineAvailability {
  const { status, stdout, stderr, error } = spawnSync(SCRIPT, ['status'], { encoding: 'utf8' });
  if (status !== 0) return { ok: false, why: error?.message ?? lastLine(stderr) };
  return { ok: true, engine: statusField(stdout, 'engine'), compose: statusField(stdout, 'compose') };
}

function statusField(output: string, name: string): string {
  return new RegExp(`^${name} +(\\S+)`, 'm').exec(output)?.[1] ?? 'unknown';
}

/**
 * True when engine tests can run. Otherwise prints one loud line, once per
 * process, and returns false; with DEVCTL_REQUIRE_ENGINE=1 it throws instead.
 */
export function requireEngine(): boolean {
  const found = engineAvailable();
  if (found.ok) return true;
  const message = `ENGINE TESTS SKIPPED: ${found.why} (run test/engine/engine ensure)`;
  if (process.env.DEVCTL_REQUIRE_ENGINE === '1') throw new Error(message);
  if (!skipWasSaid) console.error(`\n*** ${message} ***\n`);
  skipWasSaid = true;
  return false;
}

let skipWasSaid = false;

/** Starts an empty engine beside the main one (1 to 2 s; root). Whoever starts it must `stop` it. */
export async function startScratchEngine(): Promise<ScratchEngine> {
  const dir = mkdtempSync(join(tmpdir(), 'devctl-engine-'));
  const run = (verb: string, ...args: readonly string[]) => runScript(['scratch', verb, dir, ...args]);
  await run('start');
  const socket = join(dir, 'docker.sock');
  return {
    socket,
    host: `unix://${socket}`,
    stop: () => run('stop'),
    kill: () => run('kill'),
    resume: () => run('resume'),
    restart: () => run('restart'),
    load: (images) => run('load', ...images),
  };
}

/** A DOCKER_CONFIG directory whose Compose is 2.40.x; fetched once, then from the cache. Throws when it cannot be had. */
export function compose240Config(): string {
  const { status, stdout, stderr } = spawnSync(SCRIPT, ['compose240'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`engine compose240 failed: ${lastLine(stderr)}`);
  return stdout.trim();
}

// The daemon writes to its own log, so no pipe outlives the script.
function runScript(args: readonly string[]): Promise<void> {
  const child = spawn(SCRIPT, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`engine ${args.join(' ')} exited ${code}: ${stderr.trim()}`))));
  });
}

function lastLine(text: string | null): string {
  return text?.trim().split('\n').at(-1) ?? 'no output';
}
