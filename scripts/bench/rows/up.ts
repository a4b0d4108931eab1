import type { Bench } from '../bench.ts';
import { devctlCommand, timeInTurns } from '../commands.ts';
import { fourServices } from '../recipes.ts';
import { formatMs, formatSpread, spreadOf } from '../statistics.ts';

const BUDGET_MS = 150;

/** What observing, planning and the journal add to an `up` that has nothing to do. */
export const up: Bench = {
  name: 'up',
  run: async (setup) => {
    const stack = setup.stacks.start(fourServices('bench-four'));
    const commands = { devctl: devctlCommand(setup, ['up'], stack.directory), compose: stack.compose('up', '--detach') };
    const times = timeInTurns(commands, setup.quick ? 3 : 15);
    setup.stacks.remove(stack);
    const [devctl, compose] = [spreadOf(times.devctl), spreadOf(times.compose)];
    const added = devctl.median - compose.median;
    return [
      {
        what: 'devctl up, nothing to do',
        value: `${formatSpread(devctl)}, ${formatMs(added)} more`,
        reference: `docker compose up -d: ${formatSpread(compose)}`,
        ratio: (devctl.median / compose.median).toFixed(2),
        budget: `≤ compose’s + ${BUDGET_MS} ms`,
        met: added <= BUDGET_MS,
      },
    ];
  },
};
