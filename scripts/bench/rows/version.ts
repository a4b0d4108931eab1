import type { Bench } from '../bench.ts';
import { bareNode, devctlCommand, timeInTurns } from '../commands.ts';
import { formatSpread, spreadOf } from '../statistics.ts';

/** The least that devctl can do, against the least that Node can. */
export const version: Bench = {
  name: 'version',
  run: async (setup) => {
    const { env, home, quick } = setup;
    const times = timeInTurns({ devctl: devctlCommand(setup, ['--version']), node: bareNode(env, home) }, quick ? 5 : 30);
    const [devctl, node] = [spreadOf(times.devctl), spreadOf(times.node)];
    const ratio = devctl.median / node.median;
    return [
      {
        what: 'devctl --version',
        value: formatSpread(devctl),
        reference: `node -e 0: ${formatSpread(node)}`,
        ratio: ratio.toFixed(2),
        budget: '≤ 2 ×',
        met: ratio <= 2,
      },
    ];
  },
};
