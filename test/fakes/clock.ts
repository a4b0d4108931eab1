import type { Clock } from '#system/clock.ts';

/** A clock that stands still until told; `sleep` advances it at once. */
export function fakeClock(start = Date.parse('2026-11-20T12:00:00Z')): Clock & { advance(ms: number): void } {
  let now = start;
  return {
    now: () => now,
    monotonic: () => now - start,
    sleep: async (ms) => {
      now += ms;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}
