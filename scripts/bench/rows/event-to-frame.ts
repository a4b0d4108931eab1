import { setTimeout as sleep } from 'node:timers/promises';
import type { PtyScreen } from '../../screen/pty-screen.ts';
import type { Bench, Row, Setup } from '../bench.ts';
import { type EngineEvents, openEngineEvents } from '../engine-events.ts';
import { fourServices } from '../recipes.ts';
import type { BenchStack } from '../stacks.ts';
import { formatMs, percentile } from '../statistics.ts';
import { openTui, stateOf, usefulFrame } from '../tui.ts';

const BUDGET_MS = 150;

/** From the engine's own time of an event to the byte that shows it. */
export const eventToFrame: Bench = {
  name: 'event-to-frame',
  run: async (setup) => {
    const stack = setup.stacks.start(fourServices('bench-four'));
    const latencies = await measureEvents(setup, stack, ['web', 'worker', 'redis']);
    setup.stacks.remove(stack);
    return [latencyRow('event to frame', latencies)];
  },
};

/** A row for the latencies of events. */
export function latencyRow(what: string, latencies: readonly number[]): Row {
  const p95 = percentile(latencies, 95);
  const [p50, most] = [percentile(latencies, 50), percentile(latencies, 100)];
  return {
    what,
    value: `p50 ${formatMs(p50)}, p95 ${formatMs(p95)}, most ${formatMs(most)}`,
    reference: `${latencies.length} events`,
    ratio: (p95 / BUDGET_MS).toFixed(2),
    budget: `p95 < ${BUDGET_MS} ms`,
    met: p95 < BUDGET_MS,
  };
}

/** Milliseconds for each of 40 changes (few when quick) that are made behind the UI's back, one service after the other. */
export async function measureEvents(setup: Setup, stack: BenchStack, services: readonly string[]): Promise<readonly number[]> {
  const screen = openTui(setup, stack);
  const events = await openEngineEvents(stack.name);
  try {
    await usefulFrame(screen, stack);
    await sleep(SETTLE_MS);
    const latencies: number[] = [];
    for (let round = 0; round < (setup.quick ? 2 : 10); round += 1) {
      const service = services[round % services.length]!;
      for (const change of CHANGES) {
        latencies.push(await timeChange({ screen, events, service }, change));
        await sleep(BETWEEN_MS);
      }
    }
    return latencies;
  } finally {
    events.close();
    await screen.end();
  }
}

const SETTLE_MS = 3000;
const BETWEEN_MS = 300;

/** What is done to a container, the event it makes, and what the list then says. */
const CHANGES = [
  { verb: 'pause', event: 'pause', shows: /paused/ },
  { verb: 'unpause', event: 'unpause', shows: /healthy|running|starting/ },
  { verb: 'kill', event: 'die', shows: /exited|stopped|killed|failed/ },
  { verb: 'start', event: 'start', shows: /healthy|running|starting/ },
] as const;

interface Stage {
  readonly screen: PtyScreen;
  readonly events: EngineEvents;
  readonly service: string;
}

async function timeChange({ screen, events, service }: Stage, { verb, event, shows }: (typeof CHANGES)[number]): Promise<number> {
  const told = events.next(service, event);
  const shown = screen.until((rows) => shows.test(stateOf(rows, service)), `${service} after ${verb}`, 15_000);
  await events.change(service, verb);
  const [happenedAt, shownAt] = await Promise.all([told, shown]);
  return shownAt + clockOffset() - happenedAt;
}

/** From `performance.now()` to the wall clock that the engine uses; half a millisecond for what `Date.now()` cuts off. */
function clockOffset(): number {
  return Date.now() + 0.5 - performance.now();
}
