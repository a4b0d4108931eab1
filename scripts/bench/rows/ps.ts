import type { Bench } from '../bench.ts';
import { bareNode, devctlCommand, timeInTurns } from '../commands.ts';
import { sleepers } from '../recipes.ts';
import { formatSpread, spreadOf } from '../statistics.ts';

/** devctl's list against compose's own, of 50 containers. */
export const ps: Bench = {
  name: 'ps',
  run: async (setup) => {
    setup.say('starts 50 containers');
    const stack = setup.stacks.start(sleepers('bench-fifty', 50));
    const commands = {
      devctl: devctlCommand(setup, ['ps', '--json'], stack.directory),
      compose: stack.compose('ps', '--all', '--format', 'json'),
      node: bareNode(setup.env, setup.home),
    };
    const times = timeInTurns(commands, setup.quick ? 5 : 25);
    setup.stacks.remove(stack);
    const [devctl, compose, node] = [spreadOf(times.devctl), spreadOf(times.compose), spreadOf(times.node)];
    return [
      {
        what: 'devctl ps --json, 50 containers',
        value: formatSpread(devctl),
        reference: `docker compose ps -a: ${formatSpread(compose)}; node -e 0: ${formatSpread(node)}`,
        ratio: (devctl.median / compose.median).toFixed(2),
        budget: '≤ compose’s',
        met: devctl.median <= compose.median,
      },
    ];
  },
};
