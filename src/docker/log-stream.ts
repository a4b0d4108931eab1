import { createLineSplitter } from '#system/lines.ts';
import type { LogOptions, LogRecord } from './engine.ts';
import type { EngineClient } from './engine-client.ts';
import { unlessGone } from './engine-errors.ts';
import { createFrameReader } from './log-frames.ts';

/** Reads a container's log to its end; a container that is gone has none. Being aborted is an end, not a failure. */
export async function readLogs(
  client: EngineClient,
  id: string,
  { options, signal }: { readonly options: LogOptions; readonly signal: AbortSignal },
): Promise<void> {
  const query = {
    stdout: true,
    stderr: true,
    timestamps: true,
    follow: options.follow,
    tail: options.tail ?? 'all',
    ...(options.since === undefined ? {} : { since: options.since }),
    ...(options.until === undefined ? {} : { until: options.until }),
  };
  const stream = await unlessGone(client.stream(`/containers/${id}/logs`, query, signal));
  if (!stream) return;
  const reader = createLogReader(options);
  await stream.read(reader.write);
  reader.end();
}

/** Turns the bytes of a log into records. */
export interface LogReader {
  write(chunk: Buffer): void;
  /** Gives out what is left without a line end. */
  end(): void;
}

/** A container with a terminal has one raw stream, any other one frames. */
export function createLogReader({ tty, onLine }: Pick<LogOptions, 'tty' | 'onLine'>): LogReader {
  return tty ? createTerminalReader(onLine) : createFramedReader(onLine);
}

function createTerminalReader(onLine: (record: LogRecord) => void): LogReader {
  return createLineSplitter((line) => onLine(splitTime('stdout', line)));
}

/**
 * One frame holds one line, or a piece of 16 KiB of a longer one; each piece has a time of its own, of which the first counts.
 * Pieces are kept as bytes, because a character may be cut between two.
 */
function createFramedReader(onLine: (record: LogRecord) => void): LogReader {
  const pieces = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const flush = (stream: 'stdout' | 'stderr', last: Buffer): void => {
    const waiting = pieces[stream].splice(0);
    const whole = waiting.length === 0 ? last : Buffer.concat([...waiting, withoutTime(last)]);
    for (const line of whole.toString('utf8').split('\n')) onLine(splitTime(stream, line));
  };
  const write = createFrameReader((stream, payload) => {
    if (payload.at(-1) === NEWLINE) return flush(stream, payload.subarray(0, -1));
    // The chunk's memory would be kept alive, and may be used again.
    const piece = pieces[stream].length === 0 ? payload : withoutTime(payload);
    pieces[stream].push(Buffer.from(piece));
  });
  return {
    write,
    end: () => {
      if (pieces.stdout.length > 0) flush('stdout', EMPTY);
      if (pieces.stderr.length > 0) flush('stderr', EMPTY);
    },
  };
}

/** `2026-11-20T10:00:00.123456789Z text`, as the engine writes it when asked for timestamps. */
function splitTime(stream: 'stdout' | 'stderr', line: string): LogRecord {
  const space = line.indexOf(' ');
  const end = line.endsWith('\r') ? line.length - 1 : line.length;
  return space === -1 ? { stream, time: line, text: '' } : { stream, time: line.slice(0, space), text: line.slice(space + 1, end) };
}

function withoutTime(piece: Buffer): Buffer {
  return piece.subarray(piece.indexOf(SPACE) + 1);
}

const NEWLINE = 0x0a;
const SPACE = 0x20;
const EMPTY = Buffer.alloc(0);
