import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Setup } from '../bench.ts';
import { type Command, devctlCommand, timeCommand, timeInTurns } from '../commands.ts';
import { fourServices } from '../recipes.ts';
import { formatSpread, spreadOf } from '../statistics.ts';

/** The first `devctl ps` after an installation, without compiled code and merged model, against any later one. */
export const coldStart: Bench = {
  name: 'cold-start',
  run: async (setup) => {
    const stack = setup.stacks.start(fourServices('bench-four'));
    const repetitions = setup.quick ? 3 : 15;
    const warm = timeInTurns({ devctl: devctlCommand(setup, ['ps'], stack.directory), compose: stack.compose('ps', '--all') }, repetitions);
    const cold = Array.from({ length: repetitions }, () => timeCommand(asNewUser(setup, devctlCommand(setup, ['ps'], stack.directory))));
    setup.stacks.remove(stack);
    const [first, later, compose] = [spreadOf(cold), spreadOf(warm.devctl), spreadOf(warm.compose)];
    const reference = `docker compose ps -a: ${formatSpread(compose)}`;
    const against = (ms: number): string => (ms / compose.median).toFixed(2);
    return [
      { what: 'devctl ps, warm', value: formatSpread(later), reference, ratio: against(later.median), budget: '', met: undefined },
      { what: 'devctl ps, first ever', value: formatSpread(first), reference, ratio: against(first.median), budget: '', met: undefined },
    ];
  },
};

/** The same command with caches that are still empty. */
function asNewUser({ home }: Setup, command: Command): Command {
  const fresh = mkdtempSync(join(home, 'fresh-'));
  mkdirSync(join(fresh, 'tmp'));
  return { ...command, env: { ...command.env, HOME: fresh, TMPDIR: join(fresh, 'tmp') } };
}
