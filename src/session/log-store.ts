import type { LogRecord } from '#docker/engine.ts';
import { neutraliseKeepingColour } from '#domain/text.ts';
import type { LogLine, LogStore } from './logs.ts';

/** Bounds in bytes of memory, each line counted as its text and LINE_OVERHEAD. */
export interface LogLimits {
  readonly perService: number;
  readonly total: number;
}

export const LOG_LIMITS: LogLimits = { perService: 8 * 1024 * 1024, total: 32 * 1024 * 1024 };

/** The log store with the side that followers write to. */
export interface WritableLogStore extends LogStore {
  /** Takes one line in. Tells nobody. */
  append(service: string, containerId: string, record: LogRecord): LogLine;
  /** How often each time occurs among this container's lines from this time on (to tell lines apart that come again). */
  timesSince(containerId: string, timeNano: string): Map<string, number>;
}

interface StoredLine extends LogLine {
  text: string;
  isNeutral: boolean;
  /** As it was taken in: what is shown of it may be shorter. */
  readonly bytes: number;
}

/** Lines of one container in the order of their times; `head` is the oldest that is still there. */
interface Ring {
  lines: (StoredLine | undefined)[];
  head: number;
}

interface ServiceLines {
  readonly rings: Map<string, Ring>;
  bytes: number;
  dropped: number;
}

// What V8 takes for one line beside its text (object, two strings' headers, slot), measured.
const LINE_OVERHEAD = 220;
// Once the bound is passed, this part is freed at once, so that finding the greediest service is rare.
const SLACK = 1 / 16;

/**
 * Holds lines up to a bound in bytes. When a service passes its bound, its oldest lines go; when all together pass
 * theirs, the oldest lines of the service with the most, so that a noisy one never pushes out a quiet one.
 */
export function createLogStore(limits: LogLimits = LOG_LIMITS): WritableLogStore {
  const services = new Map<string, ServiceLines>();
  let totalBytes = 0;
  let lastId = 0;

  function append(service: string, containerId: string, record: LogRecord): LogLine {
    const line = storedLine(++lastId, service, containerId, record);
    const lines = getOrAdd(services, service, newServiceLines);
    getOrAdd(lines.rings, containerId, newRing).lines.push(line);
    lines.bytes += line.bytes;
    totalBytes += line.bytes;
    if (lines.bytes > limits.perService) free(lines, lines.bytes - limits.perService * (1 - SLACK));
    while (totalBytes > limits.total) {
      const greediest = greediestOf(services.values());
      free(greediest, Math.min(greediest.bytes, limits.total * SLACK));
    }
    return line;
  }

  function free(lines: ServiceLines, bytes: number): void {
    for (let freed = 0; freed < bytes; ) {
      const size = dropOldest(lines);
      if (size === 0) return;
      freed += size;
      totalBytes -= size;
    }
  }

  return {
    append,
    tail: (names, count) => newest(ringsOf(services, names), count),
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
    parsedSeconds.seconds = String(Math.floor(Date.parse(`${second}Z`) / 1000)).padStart(10, '0');
  }
  const isUtc = time.endsWith('Z');
  const seconds = isUtc ? parsedSeconds.seconds : String(Math.floor(Date.parse(time) / 1000)).padStart(10, '0');
  const decimals = time[19] === '.' ? (isUtc ? time.slice(20, -1) : (/^\d+/.exec(time.slice(20))?.[0] ?? '')) : '';
  return seconds + decimals.padEnd(9, '0').slice(0, 9);
}

function storedLine(id: number, service: string, containerId: string, record: LogRecord): StoredLine {
  const { stream, time, text } = record;
  const bytes = text.length + LINE_OVERHEAD;
  return { id, service, containerId, stream, timeNano: nanosecondsOf(time), text, isNeutral: false, bytes };
}

function newServiceLines(): ServiceLines {
  return { rings: new Map(), bytes: 0, dropped: 0 };
}

function newRing(): Ring {
  return { lines: [], head: 0 };
}

function getOrAdd<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function greediestOf(services: Iterable<ServiceLines>): ServiceLines {
  let greediest: ServiceLines = newServiceLines();
  for (const lines of services) if (lines.bytes > greediest.bytes) greediest = lines;
  return greediest;
}

/** Drops the oldest line of a service; its size, or 0 when there is none. */
function dropOldest(lines: ServiceLines): number {
  let oldest: Ring | undefined;
  for (const ring of lines.rings.values()) if (!oldest || timeAt(ring, ring.head) < timeAt(oldest, oldest.head)) oldest = ring;
  const line = oldest?.lines[oldest.head];
  if (!oldest || !line) return 0;
  oldest.lines[oldest.head] = undefined;
  oldest.head += 1;
  if (oldest.head === oldest.lines.length) lines.rings.delete(line.containerId);
  else if (oldest.head > 4096 && oldest.head * 2 > oldest.lines.length) compact(oldest);
  lines.bytes -= line.bytes;
  lines.dropped += 1;
  return line.bytes;
}

function compact(ring: Ring): void {
  ring.lines = ring.lines.slice(ring.head);
  ring.head = 0;
}

function timeAt(ring: Ring, index: number): string {
  return ring.lines[index]?.timeNano ?? '';
}

function ringsOf(services: ReadonlyMap<string, ServiceLines>, names: readonly string[]): readonly Ring[] {
  const wanted = names.length === 0 ? [...services.values()] : names.flatMap((name) => services.get(name) ?? []);
  return wanted.flatMap((lines) => [...lines.rings.values()]);
}

function ringOf(services: ReadonlyMap<string, ServiceLines>, containerId: string): Ring | undefined {
  for (const lines of services.values()) {
    const ring = lines.rings.get(containerId);
    if (ring) return ring;
  }
  return undefined;
}

/** Merges from the end: only as many lines are looked at as are wanted. */
function newest(rings: readonly Ring[], count: number): readonly LogLine[] {
  const ends = rings.map((ring) => ring.lines.length - 1);
  const found: LogLine[] = [];
  while (found.length < count) {
    let best = -1;
    for (let index = 0; index < rings.length; index++) {
      if (isNewer(lineAt(rings[index], ends[index]), best < 0 ? undefined : lineAt(rings[best], ends[best]))) best = index;
    }
    const line = best < 0 ? undefined : lineAt(rings[best], ends[best]);
    if (!line) break;
    ends[best] = (ends[best] ?? 0) - 1;
    found.push(neutral(line));
  }
  return found.reverse();
}

function lineAt(ring: Ring | undefined, index: number | undefined): StoredLine | undefined {
  return ring && index !== undefined && index >= ring.head ? ring.lines[index] : undefined;
}

function isNewer(line: StoredLine | undefined, other: StoredLine | undefined): boolean {
  if (!line || !other) return line !== undefined;
  return line.timeNano === other.timeNano ? line.id > other.id : line.timeNano > other.timeNano;
}

/** Made safe for a terminal when it is first shown: most lines never are. */
function neutral(line: StoredLine): LogLine {
  if (!line.isNeutral) {
    line.text = neutraliseKeepingColour(line.text);
    line.isNeutral = true;
  }
  return line;
}

function countTimes(ring: Ring | undefined, timeNano: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let index = (ring?.lines.length ?? 0) - 1; ring && index >= ring.head; index--) {
    const time = timeAt(ring, index);
    if (time < timeNano) break;
    counts.set(time, (counts.get(time) ?? 0) + 1);
  }
  return counts;
}
