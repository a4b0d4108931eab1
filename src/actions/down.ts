import * as z from 'zod';
import type { Change } from './action.ts';
import { unavailableWithoutEngine } from './availability.ts';
import { isNamedVolume, observeDoomed } from './doomed-volumes.ts';
import { observeStack } from './observe-stack.ts';
import { flag } from './option-schemas.ts';
import { planDown, planDownVolumes } from './plan-down.ts';

const options = z.object({ volumes: flag("delete the stack's volumes as well", 'v') });

/** Takes the stack down; with `volumes`, removes exactly its own volumes afterwards. Never runs `down -v`. */
export const down: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'stack.down',
  command: 'down',
  title: 'Take the stack down',
  summary: 'stop and remove containers and networks; keep data unless --volumes',
  examples: ['devctl down', 'devctl down --volumes'],
  options,
  unavailable: unavailableWithoutEngine,
  plan: async (context, { volumes }) => {
    const observed = await observeStack(context);
    return volumes ? planDownVolumes(observed, await observeDoomed(context, observed)) : planDown(observed);
  },
  done: (plan) => (plan.losses.some(isNamedVolume) ? `${plan.title}: done` : 'The stack is down; its volumes are kept.'),
};
