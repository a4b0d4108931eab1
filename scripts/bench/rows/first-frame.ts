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
      budgetMs: 245,
      reference: 'lazydocker: 245 ms (219–318), measured before',
    });
    setup.stacks.remove(stack);
    return [row];
  },
};

/** Milliseconds that `node -e 0` took on the quiet machine where the budgets were measured: they count in multiples of it. */
const NODE_THEN_MS = 24;

/** `budgetMs` is of that machine. */
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
  const [multiple, allowed] = [frame.median / node.median, budget.budgetMs / NODE_THEN_MS];
  return {
    what: budget.what,
    value: formatSpread(frame),
    reference: `node -e 0: ${formatSpread(node)}; ${budget.reference}`,
    ratio: multiple.toFixed(1),
    budget: `≤ ${allowed.toFixed(1)} × node -e 0 (${budget.budgetMs} ms at ${NODE_THEN_MS} ms)`,
    met: multiple <= allowed,
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
