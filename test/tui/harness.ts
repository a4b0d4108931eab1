import { EventEmitter } from 'node:events';
import xterm from '@xterm/headless';
import stringWidth from 'string-width';
import type { TuiOptions } from '#tui/host.ts';
import { runTui } from '#tui/runtime/run-tui.tsx';
import type { Terminal, TerminalSignal } from '#tui/runtime/terminal.ts';
import { fakeOptions } from './fake-options.ts';

export const KEY = {
  enter: '\r',
  esc: '\u001b',
  tab: '\t',
  shiftTab: '\u001b[Z',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  pageDown: '\u001b[6~',
  ctrlC: '\u0003',
  ctrlL: '\u000c',
  ctrlZ: '\u001a',
  backspace: '\u007f',
} as const;

/** A UI on a terminal emulator in this process. */
export interface Screen {
  /** The rows as they are seen, blanks at their ends cut. */
  rows(): readonly string[];
  text(): string;
  /** Everything that was written, with its sequences. */
  raw(): string;
  /** Sends one chunk of input. */
  press(keys: string): void;
  /** Sends keys one at a time, each after the one before was heard, as a hand would. */
  type(text: string): Promise<void>;
  /** Waits until a text is (or is not) on the screen. */
  see(text: string | RegExp): Promise<void>;
  gone(text: string | RegExp): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  signal(signal: TerminalSignal): void;
  /** The terminal goes away. */
  hangUp(): void;
  readonly isRaw: boolean;
  readonly isReading: boolean;
  readonly jobStops: number;
  readonly stderr: string;
  readonly exit: Promise<number>;
  readonly terminal: Terminal;
}

export interface ScreenOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly options?: (terminal: Terminal) => TuiOptions;
}

const WAIT_MS = 8000;

/** Emoji take two columns each, as in today's terminals; the emulator's own table is of 2010. */
const MODERN_WIDTHS = {
  version: 'modern',
  wcwidth: (code: number) => stringWidth(String.fromCodePoint(code)) as 0 | 1 | 2,
  charProperties: (code: number, preceding: number) => {
    const before = (preceding >> 1) & 3;
    const own = stringWidth(String.fromCodePoint(code));
    const joins = own === 0 && preceding !== 0 && before !== 0;
    return ((joins ? Math.max(before, own) : own) << 1) | (joins ? 1 : 0);
  },
};

/** Starts the UI and waits for its first frame. */
export async function openScreen(wish: ScreenOptions = {}): Promise<Screen> {
  const screen = startScreen(wish);
  await screen.see(/\S/);
  return screen;
}

function startScreen(wish: ScreenOptions = {}): Screen {
  // Raw mode of a TTY still turns a line feed into a new line.
  const emulator = new xterm.Terminal({ cols: wish.columns ?? 120, rows: wish.rows ?? 40, allowProposedApi: true, convertEol: true });
  emulator.unicode.register(MODERN_WIDTHS);
  emulator.unicode.activeVersion = MODERN_WIDTHS.version;
  const stdout = fakeStdout(emulator);
  const stderr = fakeStderr();
  const stdin = fakeStdin();
  const process = fakeProcess();
  const terminal: Terminal = {
    stdin: stdin.stream,
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { TERM: 'xterm-256color', LANG: 'C.UTF-8', ...wish.env },
    ...process.parts,
  };
  const exit = runTui(wish.options ? wish.options(terminal) : fakeOptions(terminal));
  const rows = (): readonly string[] => readRows(emulator);
  const text = (): string => rows().join('\n');
  const until = (isTrue: () => boolean, what: string): Promise<void> =>
    waitUntil(emulator, stdout.flushed, isTrue, () => `${what}; the screen shows\n${text()}`);
  return {
    rows,
    text,
    raw: stdout.raw,
    press: (keys) => stdin.send(keys),
    type: async (typed) => {
      for (const character of typed) {
        stdin.send(character);
        await pause(30);
      }
    },
    see: (wanted) => until(() => has(text(), wanted), `never saw ${wanted}`),
    gone: (unwanted) => until(() => !has(text(), unwanted), `still sees ${unwanted}`),
    resize: async (columns, height) => {
      emulator.resize(columns, height);
      stdout.resize(columns, height);
      await pause(60);
      await stdout.flushed();
    },
    signal: process.signal,
    hangUp: () => stdin.stream.emit('end'),
    get isRaw() {
      return stdin.isRaw();
    },
    get isReading() {
      return stdin.stream.listenerCount('data') > 0;
    },
    get jobStops() {
      return process.stops();
    },
    get stderr() {
      return stderr.text();
    },
    exit,
    terminal,
  };
}

function has(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Looks again after every write, and gives up with what is seen. */
async function waitUntil(
  emulator: xterm.Terminal,
  flushed: () => Promise<void>,
  isTrue: () => boolean,
  complaint: () => string,
): Promise<void> {
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    await flushed();
    if (isTrue()) return;
    if (performance.now() > deadline) throw new Error(complaint());
    await Promise.race([new Promise<void>((resolve) => emulator.onWriteParsed(() => resolve())), pause(25)]);
  }
}

function readRows(emulator: xterm.Terminal): readonly string[] {
  const { active } = emulator.buffer;
  return Array.from(
    { length: emulator.rows },
    (_, row) => active.getLine(active.viewportY + row)?.translateToString(true, 0, emulator.cols) ?? '',
  );
}

function fakeStdout(emulator: xterm.Terminal) {
  let raw = '';
  let pending = Promise.resolve();
  const stream = Object.assign(new EventEmitter(), {
    isTTY: true,
    columns: emulator.cols,
    rows: emulator.rows,
    writable: true,
    write: (data: string | Uint8Array, done?: unknown, alsoDone?: unknown) => {
      const text = typeof data === 'string' ? data : Buffer.from(data).toString('utf8');
      raw += text;
      pending = pending.then(() => new Promise<void>((resolve) => emulator.write(text, resolve)));
      const callback = typeof done === 'function' ? done : alsoDone;
      if (typeof callback === 'function') void pending.then(() => callback());
      return true;
    },
  });
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    raw: () => raw,
    flushed: () => pending,
    resize: (columns: number, rows: number) => {
      Object.assign(stream, { columns, rows });
      stream.emit('resize');
    },
  };
}

function fakeStderr() {
  let text = '';
  const stream = {
    write: (data: string) => {
      text += data;
      return true;
    },
  };
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => text };
}

function fakeStdin() {
  let raw = false;
  const stream = Object.assign(new EventEmitter(), {
    isTTY: true,
    setRawMode: (wanted: boolean) => {
      raw = wanted;
    },
    ref: () => undefined,
    unref: () => undefined,
    resume: () => undefined,
    pause: () => undefined,
  });
  return { stream, isRaw: () => raw, send: (keys: string) => void stream.emit('data', Buffer.from(keys)) };
}

function fakeProcess() {
  const events = new EventEmitter();
  let stops = 0;
  return {
    signal: (signal: TerminalSignal) => void events.emit(signal),
    stops: () => stops,
    parts: {
      onSignal: (signal: TerminalSignal, handler: () => void) => {
        events.on(signal, handler);
        return () => events.off(signal, handler);
      },
      onProcessExit: (handler: () => void) => {
        events.on('exit', handler);
        return () => events.off('exit', handler);
      },
      stopJob: () => {
        stops += 1;
      },
    },
  };
}
