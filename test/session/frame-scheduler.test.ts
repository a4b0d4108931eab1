import { expect, test } from 'vitest';
import { createFrameScheduler } from '#session/frame-scheduler.ts';
import { manualClock, settle } from '../fakes/manual-clock.ts';

function scheduler() {
  const clock = manualClock();
  const flushes: number[] = [];
  return { clock, flushes, ...createFrameScheduler({ clock, notify: () => flushes.push(clock.monotonic()) }) };
}

test('the first change after quiet is told at once', async () => {
  const { mark, flushes } = scheduler();
  mark();
  await settle();
  expect(flushes).toEqual([0]);
});

test('many changes are one notification', async () => {
  const { mark, flushes } = scheduler();
  for (let i = 0; i < 10_000; i++) mark();
  await settle();
  expect(flushes).toHaveLength(1);
});

test('nothing is told and nothing sleeps while nothing changes', async () => {
  const { clock, mark, flushes } = scheduler();
  mark();
  await clock.advance(5000);
  expect(flushes).toHaveLength(1);
  expect(clock.sleepers()).toBe(0);
});

test('what follows an event comes soon, and steady changes come ten times a second', async () => {
  const { clock, mark, flushes } = scheduler();
  for (let ms = 0; ms < 1000; ms++) {
    mark();
    await clock.advance(1);
  }
  expect(flushes.slice(0, 4)).toEqual([0, 16, 32, 48]);
  const gaps = flushes.slice(5).map((at, index) => at - (flushes[index + 4] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(100);
  expect(flushes.length).toBeLessThanOrEqual(14);
});

test('lines come ten times a second, and a change among them is not delayed by them', async () => {
  const { clock, mark, markLines, flushes } = scheduler();
  const delays: number[] = [];
  for (let ms = 0; ms < 3000; ms++) {
    markLines();
    if (ms % 450 === 449) {
      const before = flushes.length;
      mark();
      await clock.advance(16);
      delays.push((flushes[before] ?? Number.NaN) - (clock.monotonic() - 16));
    }
    await clock.advance(1);
  }
  expect(Math.max(...delays)).toBeLessThanOrEqual(16);
  expect(flushes.length).toBeLessThanOrEqual(30 + delays.length + 1);
});

test('a key need not wait, and flushing without a change tells nothing', async () => {
  const { clock, mark, flush, flushes } = scheduler();
  mark();
  await clock.advance(20);
  mark();
  await clock.advance(20);
  mark();
  flush();
  flush();
  expect(flushes).toEqual([0, 20, 40]);
});

test('what prepare changes belongs to the same flush', async () => {
  const clock = manualClock();
  let told = 0;
  const frames = createFrameScheduler({ clock, prepare: () => frames.mark(), notify: () => told++ });
  frames.mark();
  await clock.advance(1000);
  expect(told).toBe(1);
});

test('stopped, it tells nothing more', async () => {
  const { clock, mark, stop, flushes } = scheduler();
  mark();
  stop();
  mark();
  await clock.advance(1000);
  expect(flushes).toEqual([]);
});
