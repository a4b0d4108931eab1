import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** A program in a real pseudo-terminal, with an emulator that shows what a person would see. */
export interface PtyScreen {
  readonly pid: number;
  /** Milliseconds of `performance.now()` at which the program was spawned. */
  readonly spawnedAt: number;
  readonly emulator: xterm.Terminal;
  rows(): readonly string[];
  press(keys: string): void;
  /**
   * Resolves once the rows satisfy `isTrue`, with the moment (`performance.now()`) at which the bytes that made it so arrived.
   * Looks after every chunk; rejects with the screen's text when the time is over or the program has ended.
   */
  until(isTrue: (rows: readonly string[]) => boolean, what: string, timeoutMs?: number): Promise<number>;
  /** What was written so far. */
  written(): Written;
  /** Asks the program to end, and ends it when it does not. */
  end(): Promise<void>;
}

/** Counted since the start. */
export interface Written {
  readonly bytes: number;
  readonly chunks: number;
  /** Synchronized updates that were begun (DEC 2026). */
  readonly frames: number;
}

/** What to run; `columns` and `rows` of the terminal. */
export interface PtyRun {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

interface Waiter {
  look(arrivedAt: number): void;
  fail(why: string): void;
}

/** Spawns the program at once. */
export function openPty(run: PtyRun): PtyScreen {
  const columns = run.columns ?? 120;
  const rows = run.rows ?? 36;
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
  const waiters = new Set<Waiter>();
  const counted = { bytes: 0, chunks: 0, frames: 0 };
  const spawnedAt = performance.now();
  const pty = spawn(run.file, [...run.args], { name: 'xterm-256color', cols: columns, rows, cwd: run.cwd, env: { ...run.env } });
  // The emulator answers what the program asks of its terminal.
  emulator.onData((answer) => pty.write(answer));
  pty.onData((data) => {
    const arrivedAt = performance.now();
    counted.bytes += Buffer.byteLength(data);
    counted.chunks += 1;
    counted.frames += data.split(BEGIN_UPDATE).length - 1;
    emulator.write(data, () => {
      for (const waiter of waiters) waiter.look(arrivedAt);
    });
  });
  const exited = whenExited(pty, waiters);
  const readRows = (): readonly string[] => rowsOf(emulator);
  return {
    pid: pty.pid,
    spawnedAt,
    emulator,
    rows: readRows,
    press: (keys) => pty.write(keys),
    until: (isTrue, what, timeoutMs = 30_000) => waitUntil({ waiters, readRows, isTrue, what, timeoutMs }),
    written: () => ({ ...counted }),
    end: () => end(pty, exited),
  };
}

const BEGIN_UPDATE = '\u001b[?2026h';

function rowsOf(emulator: xterm.Terminal): readonly string[] {
  const { active } = emulator.buffer;
  return Array.from({ length: emulator.rows }, (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '');
}

function whenExited(pty: IPty, waiters: ReadonlySet<Waiter>): Promise<void> {
  return new Promise((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      for (const waiter of waiters) waiter.fail(`it ended with ${signal ? `signal ${signal}` : exitCode}`);
      resolve();
    });
  });
}

interface Wait {
  readonly waiters: Set<Waiter>;
  readonly readRows: () => readonly string[];
  readonly isTrue: (rows: readonly string[]) => boolean;
  readonly what: string;
  readonly timeoutMs: number;
}

function waitUntil({ waiters, readRows, isTrue, what, timeoutMs }: Wait): Promise<number> {
  return new Promise((resolve, reject) => {
    const waiter: Waiter = {
      look: (arrivedAt) => {
        if (!isTrue(readRows())) return;
        done();
        resolve(arrivedAt);
      },
      fail: (why) => {
        done();
        reject(new Error(`never saw ${what}: ${why}. The screen shows\n${readRows().join('\n')}`));
      },
    };
    const timer = setTimeout(() => waiter.fail(`${timeoutMs} ms are over`), timeoutMs);
    const done = (): void => {
      clearTimeout(timer);
      waiters.delete(waiter);
    };
    waiters.add(waiter);
    waiter.look(performance.now());
  });
}

const LAST_CHANCE_MS = 3000;

async function end(pty: IPty, exited: Promise<void>): Promise<void> {
  const kill = (signal: string): void => {
    try {
      pty.kill(signal);
    } catch {
      // It has ended already.
    }
  };
  kill('SIGTERM');
  const timer = setTimeout(() => kill('SIGKILL'), LAST_CHANCE_MS);
  await exited;
  clearTimeout(timer);
}
