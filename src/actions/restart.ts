import * as z from 'zod';
import type { Change } from './action.ts';
import { unavailableWithoutContainers } from './availability.ts';
import { flag, services, timeout } from './option-schemas.ts';
import { planServiceVerb } from './plan-service-verb.ts';
import { waitStep } from './up.ts';

const options = z.object({ services, wait: flag('wait until they are up again', 'w'), timeout });

/** Restarts containers as they are; a changed definition needs `up`. */
export const restart: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'stack.restart',
  command: 'restart',
  title: 'Restart',
  summary: 'restart services as they are (a changed definition needs up)',
  examples: ['devctl restart api --wait'],
  key: { scope: 'stack', key: 'r', selection: true },
  options,
  unavailable: unavailableWithoutContainers,
  plan: (context, wish) =>
    planServiceVerb(context, {
      verb: 'restart',
      word: 'Restart',
      services: wish.services,
      risk: 'interrupts',
      back: undefined,
      followUp: (observed, names) => (wish.wait ? [waitStep(observed, wish, names)] : []),
    }),
  done: (plan) => `${plan.title}: done.`,
};
