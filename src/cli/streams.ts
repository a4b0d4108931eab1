/** Where devctl reads and writes; `process` has the real ones, tests bring their own. */
export interface Streams {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

/** The part of a writable stream that is used. */
export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  write(text: string, done: (error?: Error | null) => void): boolean;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/** The part of a readable stream that is used: the keys of a terminal. */
export interface InputStream {
  readonly isTTY?: boolean | undefined;
  setRawMode?(raw: boolean): unknown;
  setEncoding(encoding: 'utf8'): unknown;
  on(event: 'data', listener: (chunk: string) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  off(event: 'data', listener: (chunk: string) => void): unknown;
  off(event: 'end' | 'close', listener: () => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** Lines on one stream, written in bursts, and quiet once nobody reads any more. */
export interface Output {
  line(text: string): void;
  /** Text as it is, without a line end of its own. */
  raw(text: string): void;
  /** Resolves when everything is written or cannot be any more. */
  flush(): Promise<void>;
  readonly isClosed: boolean;
  /** Why it cannot be written, when that is not because the reader went away: a full disk. */
  readonly fault: string | undefined;
}

/** `onClosed` is told once when the reader went away (`| head`). */
export function createOutput(stream: OutputStream, onClosed: () => void): Output {
  let waiting: string[] = [];
  let scheduled = false;
  let isClosed = false;
  let fault: string | undefined;
  let inFlight: Promise<void> = Promise.resolve();
  stream.on('error', (error) => close(error));
  function close(error: NodeJS.ErrnoException): void {
    if (isClosed) return;
    isClosed = true;
    waiting = [];
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') fault = error.message;
    onClosed();
  }
  function write(): void {
    scheduled = false;
    if (isClosed || waiting.length === 0) return;
    const text = waiting.join('');
    waiting = [];
    const before = inFlight;
    const written = new Promise<void>((resolve) => {
      stream.write(text, (error) => {
        if (error) close(error);
        resolve();
      });
    });
    inFlight = before.then(() => written);
  }
  function add(text: string): void {
    if (isClosed) return;
    waiting.push(text);
    if (scheduled) return;
    scheduled = true;
    setImmediate(write);
  }
  return {
    line: (text) => add(`${text}\n`),
    raw: add,
    flush: async () => {
      write();
      await inFlight;
    },
    get isClosed() {
      return isClosed;
    },
    get fault() {
      return fault;
    },
  };
}
