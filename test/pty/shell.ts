import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import type { TestStack } from '../engine/stack.ts';

const DEVCTL = process.env.DEVCTL_TEST_BIN ?? join(fileURLToPath(new URL('../..', import.meta.url)), 'bin/devctl');

/** A shell with job control in a real pseudo-terminal, and what a person would see of it. */
export interface Shell {
  /** Process id of the shell. */
  readonly pid: number;
  text(): string;
  raw(): string;
  press(keys: string): void;
  /** Keys one after the other, each with the time of a quick hand. */
  type(text: string): Promise<void>;
  see(text: string | RegExp, timeoutMs?: number): Promise<void>;
  gone(text: string | RegExp, timeoutMs?: number): Promise<void>;
  resize(columns: number, rows: number): void;
  /** Whether the alternate screen is shown. */
  isAlternate(): boolean;
  /** Runs a command line, once the prompt is there, and gives what it printed. */
  run(command: string): Promise<string>;
  /** Process id of devctl, as a child of this shell. */
  devctlPid(): Promise<number>;
  close(): void;
}

/** What starts the terminal UI in the shell. */
export const START = `${process.execPath} --no-warnings ${DEVCTL}`;

export interface ShellOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

const PROMPT = 'ready$ ';

/** Opens a shell in the directory of a stack, as a new user with nothing of devctl's. */
export function openShell(stack: TestStack, wish: ShellOptions = {}): Shell {
  const columns = wish.columns ?? 120;
  const rows = wish.rows ?? 40;
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const { PATH = '' } = process.env;
  const env = { PATH, HOME: dirname(stack.directory), LANG: 'C.UTF-8', TERM: 'xterm-256color', PS1: PROMPT, EDITOR: 'true', ...wish.env };
  const pty = spawn('bash', ['--norc', '--noprofile', '-i'], { name: 'xterm-256color', cols: columns, rows, cwd: stack.directory, env });
  let raw = '';
  pty.onData((data) => {
    raw += data;
    emulator.write(data);
  });
  emulator.onData((answer) => pty.write(answer));
  const text = (): string => textOf(emulator);
  const until = (isTrue: () => boolean, what: string, timeoutMs = 30_000): Promise<void> =>
    waitUntil(emulator, { isTrue, timeoutMs, complaint: () => `${what}; the screen shows\n${text()}` });
  const see: Shell['see'] = (wanted, timeoutMs) => until(() => has(text(), wanted), `never saw ${wanted}`, timeoutMs);
  let marker = 0;
  const run = async (command: string): Promise<string> => {
    marker += 1;
    pty.write(`${command}; echo end-$((${marker}+1000))\r`);
    const end = `end-${marker + 1000}`;
    await see(end);
    return text().slice(text().lastIndexOf(PROMPT, text().lastIndexOf(end)));
  };
  return {
    pid: pty.pid,
    text,
    raw: () => raw,
    press: (keys) => pty.write(keys),
    type: async (typed) => {
      for (const character of typed) {
        pty.write(character);
        await pause(40);
      }
    },
    see,
    gone: (unwanted, timeoutMs) => until(() => !has(text(), unwanted), `still sees ${unwanted}`, timeoutMs),
    resize: (width, height) => {
      emulator.resize(width, height);
      pty.resize(width, height);
    },
    isAlternate: () => emulator.buffer.active.type === 'alternate',
    run,
    devctlPid: async () => Number((await childrenOf(pty.pid))[0]),
    close: () => pty.kill('SIGKILL'),
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function childrenOf(pid: number): Promise<readonly string[]> {
  const { readFile } = await import('node:fs/promises');
  return (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ');
}

function has(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}

async function waitUntil(
  emulator: xterm.Terminal,
  wait: { readonly isTrue: () => boolean; readonly timeoutMs: number; readonly complaint: () => string },
): Promise<void> {
  const deadline = performance.now() + wait.timeoutMs;
  while (!wait.isTrue()) {
    if (performance.now() > deadline) throw new Error(wait.complaint());
    await Promise.race([new Promise<void>((resolve) => emulator.onWriteParsed(() => resolve())), pause(50)]);
  }
}

function textOf(emulator: xterm.Terminal): string {
  const { active } = emulator.buffer;
  const rows = Array.from(
    { length: emulator.rows },
    (_, row) => active.getLine(active.viewportY + row)?.translateToString(true, 0, emulator.cols) ?? '',
  );
  return rows.join('\n');
}
