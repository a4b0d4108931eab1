import * as z from 'zod';
import type { Change } from './action.ts';
import { unavailableWithoutContainers } from './availability.ts';
import { services } from './option-schemas.ts';
import { planServiceVerb } from './plan-service-verb.ts';

const options = z.object({ services });

/** Stops containers; nothing is removed. */
export const stop: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'stack.stop',
  command: 'stop',
  title: 'Stop',
  summary: 'stop services; containers and data stay',
  examples: ['devctl stop', 'devctl stop worker'],
  options,
  unavailable: unavailableWithoutContainers,
  plan: (context, wish) =>
    planServiceVerb(context, { verb: 'stop', word: 'Stop', services: wish.services, risk: 'interrupts', back: 'devctl start' }),
  done: () => 'Stopped.',
};
