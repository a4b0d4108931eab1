import type { Clock } from '#system/clock.ts';
import type { InputStream, OutputStream } from './streams.ts';

/** One typed line, or why there is none. */
export type TypedLine =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'timeout' }
  /** End of input. */
  | { readonly kind: 'closed' }
  /** Ctrl-C. */
  | { readonly kind: 'interrupted' };

export interface LineReader {
  /** Reads one line, echoing it. `deadMs`: Enter on a line that is not empty does nothing before this much time is over. */
  read(prompt: string, options?: { readonly deadMs?: number }): Promise<TypedLine>;
  /** Gives the terminal back as it was. */
  close(): void;
}

/** What arrived before the question stood there was not meant for it. */
const DRAIN_MS = 100;
const TIMEOUT_MS = 60_000;
/** Nobody types this many characters within one read of the terminal; a paste or a held key is not an answer. */
const BURST = 4;

/**
 * Reads lines key by key from a terminal in raw mode: what was typed ahead is thrown away, pastes do not count, and
 * 60 s without a key end it.
 */
export async function openLineReader(stdin: InputStream, out: OutputStream, clock: Clock): Promise<LineReader> {
  const write = (text: string): void => void out.write(text, () => undefined);
  let keys: (chunk: string) => void = () => undefined;
  let ended: () => void = () => undefined;
  let isEnded = false;
  const onData = (chunk: string): void => keys(String(chunk));
  const onEnd = (): void => {
    isEnded = true;
    ended();
  };
  stdin.setEncoding('utf8');
  stdin.setRawMode?.(true);
  stdin.on('data', onData);
  stdin.on('end', onEnd);
  stdin.on('close', onEnd);
  stdin.resume();
  await clock.sleep(DRAIN_MS);
  return {
    read: async (prompt, { deadMs = 0 } = {}) => {
      write(prompt);
      if (isEnded) return { kind: 'closed' };
      const armedAt = clock.monotonic() + deadMs;
      const line = await new Promise<TypedLine>((resolve) => {
        const timer = startTimer(clock, () => resolve({ kind: 'timeout' }));
        const typing = createTyping({ write, prompt, isArmed: () => clock.monotonic() >= armedAt, done: finish });
        function finish(line: TypedLine): void {
          timer.stop();
          resolve(line);
        }
        ended = () => finish({ kind: 'closed' });
        keys = (chunk) => {
          timer.restart();
          typing(chunk);
        };
      });
      keys = () => undefined;
      ended = () => undefined;
      write('\r\n');
      return line;
    },
    close: () => {
      stdin.off('data', onData);
      stdin.off('end', onEnd);
      stdin.off('close', onEnd);
      stdin.setRawMode?.(false);
      stdin.pause();
    },
  };
}

interface Typing {
  write(text: string): void;
  /** Shown anew below a note. */
  readonly prompt: string;
  isArmed(): boolean;
  done(line: TypedLine): void;
}

/** A line being typed: Backspace, Ctrl-U, Enter, Ctrl-C, Ctrl-D; everything else that is printable. */
function createTyping({ write, prompt, isArmed, done }: Typing): (chunk: string) => void {
  let text = '';
  const erase = (count: number): void => {
    if (count === 0) return;
    text = [...text].slice(0, -count).join('');
    write('\b \b'.repeat(count));
  };
  const control: Readonly<Record<string, () => void>> = {
    '\u0003': () => done({ kind: 'interrupted' }),
    '\u0004': () => (text === '' ? done({ kind: 'closed' }) : undefined),
    '\r': () => (text === '' || isArmed() ? done({ kind: 'line', text }) : undefined),
    '\n': () => control['\r']?.(),
    '\u007f': () => erase(Math.min(1, [...text].length)),
    '\b': () => control['\u007f']?.(),
    '\u0015': () => erase([...text].length),
  };
  return (chunk) => {
    const act = control[chunk];
    if (act) return act();
    if (isBurst(chunk)) return write(`\r\nPasted text does not count: please type it.\r\n${prompt}${text}`);
    if (!isPrintable(chunk)) return;
    text += chunk;
    write(chunk);
  };
}

function isBurst(chunk: string): boolean {
  return [...chunk].length >= BURST;
}

function isPrintable(chunk: string): boolean {
  return !/\p{Cc}/u.test(chunk);
}

/** Calls back after TIMEOUT_MS without `restart`. */
function startTimer(clock: Clock, onTimeout: () => void): { restart(): void; stop(): void } {
  let current = new AbortController();
  const arm = (): void => {
    const mine = new AbortController();
    current = mine;
    void clock.sleep(TIMEOUT_MS, mine.signal).then(() => {
      if (!mine.signal.aborted) onTimeout();
    });
  };
  arm();
  return {
    restart: () => {
      current.abort();
      arm();
    },
    stop: () => current.abort(),
  };
}
