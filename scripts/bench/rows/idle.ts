import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Row, Setup } from '../bench.ts';
import { measureUse } from '../process-use.ts';
import { fourServices, sleepers } from '../recipes.ts';
import type { BenchStack } from '../stacks.ts';
import { openTui, usefulFrame } from '../tui.ts';

/** What the terminal UI costs while nobody touches it. */
export const idle: Bench = {
  name: 'idle',
  run: async (setup) => {
    const asleep = setup.stacks.start(sleepers('bench-asleep', 4));
    const still = await measureIdle(setup, asleep);
    setup.stacks.remove(asleep);
    const four = setup.stacks.start(fourServices('bench-four'));
    const alive = await measureIdle(setup, four);
    setup.stacks.remove(four);
    const lazydocker = 'lazydocker: 21–24 %, 81–99 kB/s, measured before';
    return [
      cpuRow('idle UI, 4 services that sleep', still, { percent: 2, reference: '' }),
      bytesRow('idle UI, 4 services that sleep: output', still, true),
      cpuRow('idle UI, database, cache, web and worker', alive, { percent: 2, reference: lazydocker }),
      bytesRow('idle UI, database, cache, web and worker: output', alive, false),
    ];
  },
};

/** What an idle UI used and wrote. */
export interface Idleness {
  readonly cpuPercent: number;
  readonly rssMegabytes: number;
  readonly bytesPerSecond: number;
  readonly framesPerSecond: number;
  readonly frames: number;
}

/** Opens the UI, lets it come to rest, and watches it. */
export async function measureIdle(setup: Setup, stack: BenchStack): Promise<Idleness> {
  const screen = openTui(setup, stack);
  const ms = setup.quick ? 3000 : 10_000;
  try {
    await usefulFrame(screen, stack);
    await sleep(SETTLE_MS);
    const before = screen.written();
    const use = await measureUse(screen.pid, ms);
    const after = screen.written();
    const frames = after.frames - before.frames;
    return { ...use, frames, bytesPerSecond: ((after.bytes - before.bytes) * 1000) / ms, framesPerSecond: (frames * 1000) / ms };
  } finally {
    await screen.end();
  }
}

// The first samples of CPU and memory, the first probes and what is loaded after the first frame.
const SETTLE_MS = 6000;

/** A row for the CPU and memory of an idle UI. */
export function cpuRow(
  what: string,
  { cpuPercent, rssMegabytes }: Idleness,
  budget: { readonly percent: number; readonly reference: string },
): Row {
  return {
    what,
    value: `${cpuPercent.toFixed(1)} % of a core, ${rssMegabytes.toFixed(0)} MB`,
    reference: budget.reference,
    ratio: '',
    budget: `< ${budget.percent} %`,
    met: cpuPercent < budget.percent,
  };
}

function bytesRow(what: string, { bytesPerSecond, framesPerSecond, frames }: Idleness, isStill: boolean): Row {
  return {
    what,
    value: `${bytesPerSecond.toFixed(0)} B/s, ${framesPerSecond.toFixed(1)} frames/s`,
    reference: isStill ? 'nothing changes' : 'live CPU and memory change every 2 s',
    ratio: '',
    budget: isStill ? '0 frames, < 200 B/s' : '< 200 B/s',
    met: bytesPerSecond < 200 && (!isStill || frames === 0),
  };
}
