import type { Clock } from '#system/clock.ts';

export interface ManualClock extends Clock {
  /** Moves time on, ending the sleeps that are due in their order, and lets what they started run. */
  advance(ms: number): Promise<void>;
  /** How many sleep now. */
  sleepers(): number;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock on which time passes only when it is told. */
export function manualClock(start = Date.parse('2026-11-20T12:00:00Z')): ManualClock {
  let elapsed = 0;
  const sleepers = new Set<Sleeper>();

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const sleeper: Sleeper = { until: elapsed + ms, wake };
      function wake(): void {
        sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      }
      signal?.addEventListener('abort', wake, { once: true });
      sleepers.add(sleeper);
    });
  }

  async function advance(ms: number): Promise<void> {
    const target = elapsed + ms;
    await settle();
    for (let next = earliest(); next && next.until <= target; next = earliest()) {
      elapsed = next.until;
      next.wake();
      await settle();
    }
    elapsed = target;
    await settle();
  }

  function earliest(): Sleeper | undefined {
    return [...sleepers].sort((a, b) => a.until - b.until)[0];
  }

  return { now: () => start + elapsed, monotonic: () => elapsed, sleep, advance, sleepers: () => sleepers.size };
}

/** Lets everything run that waits for nothing outside. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
