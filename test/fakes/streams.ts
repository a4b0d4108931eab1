import { EventEmitter } from 'node:events';
import type { InputStream, OutputStream, Streams } from '#cli/streams.ts';

/** Streams in memory; what was written is text. */
export interface FakeStreams extends Streams {
  readonly stdin: FakeInput;
  /** Everything on standard output so far. */
  out(): string;
  err(): string;
}

/** Keys that the test types. */
export interface FakeInput extends InputStream {
  type(chunk: string): void;
  end(): void;
  readonly raw: boolean;
  readonly paused: boolean;
}

export function fakeStreams(
  terminal: { readonly stdin?: boolean; readonly stdout?: boolean; readonly stderr?: boolean } = {},
): FakeStreams {
  const stdout = fakeOutput(terminal.stdout ?? false);
  const stderr = fakeOutput(terminal.stderr ?? false);
  return { stdin: fakeInput(terminal.stdin ?? false), stdout: stdout.stream, stderr: stderr.stream, out: stdout.text, err: stderr.text };
}

/** An output whose reader goes away after some bytes, as `| head` does. */
export function closingOutput(afterBytes: number): { readonly stream: OutputStream; text(): string } {
  const events = new EventEmitter();
  let written = '';
  const stream: OutputStream = {
    write(text, done) {
      if (written.length >= afterBytes) {
        const error = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
        events.emit('error', error);
        done(error);
        return false;
      }
      written += text;
      done();
      return true;
    },
    on: (event, listener) => events.on(event, listener),
  };
  return { stream, text: () => written };
}

function fakeOutput(isTTY: boolean): { readonly stream: OutputStream; text(): string } {
  let written = '';
  const stream: OutputStream = {
    isTTY,
    columns: 80,
    rows: 24,
    write(text, done) {
      written += text;
      done();
      return true;
    },
    on: () => undefined,
  };
  return { stream, text: () => written };
}

function fakeInput(isTTY: boolean): FakeInput {
  const events = new EventEmitter();
  const state = { raw: false, paused: true };
  return {
    isTTY,
    setRawMode: (raw) => {
      state.raw = raw;
    },
    setEncoding: () => undefined,
    on: (event: string, listener: (chunk: string) => void) => events.on(event, listener),
    off: (event: string, listener: (chunk: string) => void) => events.off(event, listener),
    resume: () => {
      state.paused = false;
    },
    pause: () => {
      state.paused = true;
    },
    type: (chunk) => events.emit('data', chunk),
    end: () => events.emit('end'),
    get raw() {
      return state.raw;
    },
    get paused() {
      return state.paused;
    },
  };
}
