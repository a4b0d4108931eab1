import type { Engine, LogRecord } from '#docker/engine.ts';
import type { Clock } from '#system/clock.ts';
import { nanosecondsOf, type WritableLogStore } from '../log-store.ts';
import type { SessionStore } from '../store.ts';

/** Follows the log of one container over its restarts: nothing lost, nothing twice. */
export interface LogFollower {
  /** Goes on when it does not follow already and there may be something to read. */
  resume(): void;
  pause(): void;
}

export interface LogFollow {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly logs: WritableLogStore;
  readonly onLines: () => void;
  readonly id: string;
  readonly service: string;
  readonly tty: boolean;
  /** Last lines of what is there already; undefined: all. */
  readonly tail: number | undefined;
}

const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 2000;
// The engine stamps both streams of a container independently, so that lines may be out of order by a little.
const OVERLAP_NANOSECONDS = 10_000_000n;

/**
 * The engine ends a followed log at every stop of its container (reference: compose-wrapping §2.5); it is taken up again
 * from a little before the last known line, and what is known already is dropped.
 */
export function followLogs(store: SessionStore, follow: LogFollow, signal: AbortSignal): LogFollower {
  let open: AbortController | undefined;
  let isReadToEnd = false;
  let lastTime: string | undefined;
  let retryMs = FIRST_RETRY_MS;

  function resume(): void {
    if (isRunning()) isReadToEnd = false;
    if (open || isReadToEnd || signal.aborted) return;
    open = new AbortController();
    void readUntilEnd(AbortSignal.any([signal, open.signal]));
  }

  async function readUntilEnd(aborted: AbortSignal): Promise<void> {
    while (!aborted.aborted) {
      const hasEnded = await readOnce(aborted);
      if (aborted.aborted) return;
      if (store.getState().connection.status !== 'connected') break;
      isReadToEnd = hasEnded && !isRunning();
      if (isReadToEnd) break;
      await follow.clock.sleep(retryMs, aborted);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    }
    open = undefined;
  }

  /** False when the engine broke off instead of coming to the end. */
  async function readOnce(aborted: AbortSignal): Promise<boolean> {
    const known = lastTime === undefined ? undefined : knownSince(follow.logs, follow.id, lastTime);
    const onLine = (record: LogRecord): void => {
      if (aborted.aborted || known?.has(record)) return;
      lastTime = follow.logs.append(follow.service, follow.id, record).timeNano;
      retryMs = FIRST_RETRY_MS;
      follow.onLines();
    };
    const range = { tail: known ? undefined : follow.tail, since: known?.since, until: undefined };
    try {
      await follow.engine.logs(follow.id, { follow: true, tty: follow.tty, ...range, onLine }, aborted);
      return true;
    } catch {
      // The engine went away or the container was removed: the event feed tells, and a later round reads on.
      return false;
    }
  }

  function isRunning(): boolean {
    const status = store.getState().containers[follow.id]?.status;
    return status === 'running' || status === 'paused';
  }

  function pause(): void {
    open?.abort();
    open = undefined;
    isReadToEnd = false;
  }

  return { resume, pause };
}

/** Lines that came before and will come again. */
interface KnownLines {
  /** `seconds.nanoseconds`, as the engine wants it. */
  readonly since: string;
  has(record: LogRecord): boolean;
}

function knownSince(logs: WritableLogStore, containerId: string, lastTime: string): KnownLines {
  const overlap = nanosecondsFrom(lastTime, -OVERLAP_NANOSECONDS);
  const times = logs.timesSince(containerId, overlap);
  // Thrown away meanwhile: what cannot be compared is not asked for again.
  const start = times.has(lastTime) ? overlap : nanosecondsFrom(lastTime, 1n);
  return {
    since: `${start.slice(0, -9)}.${start.slice(-9)}`,
    has(record) {
      if (times.size === 0) return false;
      const time = nanosecondsOf(record.time);
      const count = times.get(time) ?? 0;
      if (count > 1) times.set(time, count - 1);
      else times.delete(time);
      return count > 0;
    },
  };
}

function nanosecondsFrom(time: string, offset: bigint): string {
  return String(BigInt(time) + offset).padStart(19, '0');
}
