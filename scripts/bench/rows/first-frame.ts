import type { Bench, Row, Setup } from '../bench.ts';
import { bareNode, timeCommand } from '../commands.ts';
import { fourServices } from '../recipes.ts';
import type { BenchStack } from '../stacks.ts';
import { formatSpread, spreadOf } from '../statistics.ts';
import { openTui, usefulFrame } from '../tui.ts';

/** From spawn to a screen that names every service with its live state. */
export const firstFrame: Bench = {
  name: 'first-frame',
  run: async (setup) => {
    const stack = setup.stacks.start(fourServices('bench-four'));
    const row = await measureFirstFrame(setup, stack, {
      what: 'first useful frame, 4 services',
      // lazydocker on a quiet machine where `node -e 0` took 24 ms: median of 20.
      budgetMs: 245,
      reference: 'lazydocker: 245 ms (219–318), measured before',
    });
    setup.stacks.remove(stack);
    return [row];
  },
};

/** Budget in milliseconds, of a quiet machine. */
export interface FirstFrameBudget {
  readonly what: string;
  readonly budgetMs: number;
  readonly reference: string;
}

/** Starts the UI again and again, in turns with a bare Node. */
export async function measureFirstFrame(setup: Setup, stack: BenchStack, budget: FirstFrameBudget): Promise<Row> {
  await timeOne(setup, stack);
  const frames: number[] = [];
  const nodes: number[] = [];
  for (let turn = 0; turn < (setup.quick ? 3 : 20); turn += 1) {
    frames.push(await timeOne(setup, stack));
    nodes.push(timeCommand(bareNode(setup.env, setup.home)));
  }
  const [frame, node] = [spreadOf(frames), spreadOf(nodes)];
  return {
    what: budget.what,
    value: formatSpread(frame),
    reference: `${budget.reference}; node -e 0 now: ${formatSpread(node)}`,
    ratio: (frame.median / budget.budgetMs).toFixed(2),
    budget: `≤ ${budget.budgetMs} ms`,
    met: frame.median <= budget.budgetMs,
  };
}

async function timeOne(setup: Setup, stack: BenchStack): Promise<number> {
  const screen = openTui(setup, stack);
  try {
    return (await usefulFrame(screen, stack)) - screen.spawnedAt;
  } finally {
    await screen.end();
  }
}
