import type { Bench } from '../bench.ts';
import { sleepers } from '../recipes.ts';
import { latencyRow, measureEvents } from './event-to-frame.ts';
import { measureFirstFrame } from './first-frame.ts';
import { cpuRow, measureIdle } from './idle.ts';

/** A stack of 200 services. */
export const manyContainers: Bench = {
  name: 'many-containers',
  run: async (setup) => {
    const count = setup.quick ? 60 : 200;
    setup.say(`starts ${count} containers`);
    const started = performance.now();
    const stack = setup.stacks.start({ ...sleepers('bench-many', count), atOnce: 20 });
    setup.say(`they run after ${((performance.now() - started) / 1000).toFixed(0)} s`);
    const frame = await measureFirstFrame(setup, stack, {
      what: `${count} containers: first useful frame`,
      budgetMs: 432,
      reference: 'lazydocker: 374–432 ms, measured before',
    });
    const rest = await measureIdle(setup, stack);
    const latencies = await measureEvents(setup, stack, ['s001', 's005', 's009']);
    setup.stacks.remove(stack);
    return [
      frame,
      cpuRow(`${count} containers: idle UI`, rest, { percent: 5, reference: 'lazydocker: 70–75 %, measured before' }),
      latencyRow(`${count} containers: event to frame`, latencies),
    ];
  },
};
