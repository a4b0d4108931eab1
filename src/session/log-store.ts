import type { LogRecord } from '#docker/engine.ts';
import { neutraliseKeepingColour } from '#domain/text.ts';
import { createLogRing, type LogRing, type RingLine } from './log-ring.ts';
import type { LogLine, LogStore } from './logs.ts';

/** Bounds in bytes of memory. */
export interface LogLimits {
  readonly perService: number;
  readonly total: number;
}

const LOG_LIMITS: LogLimits = { perService: 8 * 1024 * 1024, total: 32 * 1024 * 1024 };

/** The log store with the side that followers write to. */
export interface WritableLogStore extends LogStore {
  /** Takes one line in and gives it back, its text as the program wrote it. Tells nobody. */
  append(service: string, containerId: string, record: LogRecord): LogLine;
  /** How often each time occurs among this container's lines from this time on (to tell lines apart that come again). */
  timesSince(containerId: string, timeNano: string): Map<string, number>;
}

interface ServiceLines {
  readonly rings: Map<string, LogRing>;
  bytes: number;
  dropped: number;
}

/**
 * Holds lines up to a bound in bytes. When a service passes its bound, its oldest lines go; when all together pass
 * theirs, the oldest lines of the service with the most, so that a noisy one never pushes out a quiet one.
 */
export function createLogStore(limits: LogLimits = LOG_LIMITS): WritableLogStore {
  const services = new Map<string, ServiceLines>();
  // Lines go by the block: small enough that a full service still holds nearly all that it may.
  const blockBytes = Math.max(256, Math.min(64 * 1024, Math.floor(Math.min(limits.perService, limits.total) / 32)));
  let totalBytes = 0;
  let lastId = 0;

  function append(service: string, containerId: string, { stream, time, text }: LogRecord): LogLine {
    const line: LogLine = { id: ++lastId, service, containerId, stream, timeNano: nanosecondsOf(time), text };
    const lines = getOrAdd(services, service, newServiceLines);
    const taken = getOrAdd(lines.rings, containerId, () => createLogRing(blockBytes)).push(line);
    if (taken > 0) makeRoom(lines, taken);
    return line;
  }

  function makeRoom(lines: ServiceLines, taken: number): void {
    lines.bytes += taken;
    totalBytes += taken;
    while (lines.bytes > limits.perService && dropOldestBlock(lines));
    while (totalBytes > limits.total && dropOldestBlock(greediestOf(services.values())));
  }

  /** False when there is nothing to drop. */
  function dropOldestBlock(lines: ServiceLines): boolean {
    const [containerId, ring] = oldestRing(lines.rings);
    const gone = ring?.dropBlock();
    if (!ring || !gone) return false;
    if (ring.oldestTime() === undefined) lines.rings.delete(containerId);
    lines.bytes -= gone.bytes;
    totalBytes -= gone.bytes;
    lines.dropped += gone.lines;
    return true;
  }

  return {
    append,
    tail: (names, count) => newest(readersOf(services, names), count),
    dropped: () => Object.fromEntries([...services].map(([name, lines]) => [name, lines.dropped])),
    timesSince: (containerId, timeNano) => countTimes(ringOf(services, containerId), timeNano),
    get version() {
      return lastId;
    },
  };
}

const parsedSeconds = { text: '', seconds: '' };

/** RFC 3339 with up to nine decimals (`2026-11-20T16:15:03.4121Z`) as 19 digits that sort as text. */
export function nanosecondsOf(time: string): string {
  const second = time.slice(0, 19);
  // Thousands of lines share one second; parsing a date is the dearest part of taking a line in.
  if (second !== parsedSeconds.text) {
    parsedSeconds.text = second;
    parsedSeconds.seconds = secondsOf(`${second}Z`);
  }
  const isUtc = time.endsWith('Z');
  const decimals = time[19] === '.' ? (isUtc ? time.slice(20, -1) : (/^\d+/.exec(time.slice(20))?.[0] ?? '')) : '';
  return (isUtc ? parsedSeconds.seconds : secondsOf(time)) + decimals.padEnd(9, '0').slice(0, 9);
}

function secondsOf(time: string): string {
  return String(Math.floor(Date.parse(time) / 1000)).padStart(10, '0');
}

function newServiceLines(): ServiceLines {
  return { rings: new Map(), bytes: 0, dropped: 0 };
}

function getOrAdd<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function greediestOf(services: Iterable<ServiceLines>): ServiceLines {
  let greediest = newServiceLines();
  for (const lines of services) if (lines.bytes > greediest.bytes) greediest = lines;
  return greediest;
}

function oldestRing(rings: ReadonlyMap<string, LogRing>): readonly [string, LogRing | undefined] {
  const byAge = [...rings].sort(([, a], [, b]) => ((a.oldestTime() ?? '') < (b.oldestTime() ?? '') ? -1 : 1));
  return byAge[0] ?? ['', undefined];
}

/** The lines of one container, newest first, the first of them taken out to be compared. */
interface Reader {
  readonly service: string;
  readonly containerId: string;
  readonly rest: Generator<RingLine, undefined>;
  next: RingLine | undefined;
}

function readersOf(services: ReadonlyMap<string, ServiceLines>, names: readonly string[]): readonly Reader[] {
  return (names.length === 0 ? [...services.keys()] : names).flatMap((service) =>
    [...(services.get(service)?.rings ?? [])].map(([containerId, ring]) => {
      const rest = ring.newestFirst();
      return { service, containerId, rest, next: rest.next().value };
    }),
  );
}

/** Merges from the end: only as many lines are looked at as are wanted, and only those made safe for a terminal. */
function newest(readers: readonly Reader[], count: number): readonly LogLine[] {
  const found: LogLine[] = [];
  while (found.length < count) {
    const reader = readers.reduce<Reader | undefined>((best, one) => (isNewer(one.next, best?.next) ? one : best), undefined);
    if (!reader?.next) break;
    const { service, containerId, next } = reader;
    found.push({ ...next, service, containerId, text: neutraliseKeepingColour(next.text) });
    reader.next = reader.rest.next().value;
  }
  return found.reverse();
}

function isNewer(line: RingLine | undefined, other: RingLine | undefined): boolean {
  if (!line || !other) return line !== undefined;
  return line.timeNano === other.timeNano ? line.id > other.id : line.timeNano > other.timeNano;
}

function ringOf(services: ReadonlyMap<string, ServiceLines>, containerId: string): LogRing | undefined {
  for (const lines of services.values()) {
    const ring = lines.rings.get(containerId);
    if (ring) return ring;
  }
  return undefined;
}

function countTimes(ring: LogRing | undefined, timeNano: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of ring?.newestFirst() ?? []) {
    if (line.timeNano < timeNano) break;
    counts.set(line.timeNano, (counts.get(line.timeNano) ?? 0) + 1);
  }
  return counts;
}
