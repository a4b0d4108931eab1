import * as z from 'zod';
import type { Change } from './action.ts';
import { unavailableWithoutContainers } from './availability.ts';
import { services } from './option-schemas.ts';
import { planServiceVerb } from './plan-service-verb.ts';

const options = z.object({ services });

/** Starts containers that are there; makes none. */
export const start: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'stack.start',
  command: 'start',
  title: 'Start stopped services',
  summary: 'start services that were stopped; devctl up makes missing ones',
  examples: ['devctl start worker'],
  options,
  unavailable: unavailableWithoutContainers,
  plan: (context, wish) =>
    planServiceVerb(context, { verb: 'start', word: 'Start', services: wish.services, risk: 'none', back: 'devctl stop' }),
  done: () => 'Started.',
};
