import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/devctl', import.meta.url));
const PATIENCE_MS = 30_000;

/** A devctl command while it runs; without a terminal. */
export interface RunningDevctl {
  readonly pid: number;
  /** What it printed so far on both streams, in the order in which it came. */
  text(): string;
  /** Resolves once it has printed this. Rejects when it ends before, or after 30 s. */
  untilPrints(words: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts devctl and comes back at once. */
export function startDevctl(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): RunningDevctl {
  const child = spawn(process.execPath, ['--no-warnings', BIN, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  let over = false;
  const hear = (chunk: string): void => {
    text += chunk;
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear);
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.on('close', (code, signal) => {
      over = true;
      resolve(code ?? signal);
    });
  });
  return {
    pid: child.pid ?? 0,
    text: () => text,
    untilPrints: async (words) => {
      const deadline = performance.now() + PATIENCE_MS;
      while (!text.includes(words)) {
        if (over || performance.now() > deadline) throw new Error(`devctl ${args.join(' ')} never said "${words}", but:\n${text}`);
        await sleep(20);
      }
    },
    kill: (signal) => void child.kill(signal),
    ended,
  };
}
