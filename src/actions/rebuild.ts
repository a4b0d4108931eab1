import * as z from 'zod';
import { DevctlError } from '#domain/error.ts';
import { isDataService } from '#domain/model.ts';
import type { Change } from './action.ts';
import { unavailableWithoutEngine } from './availability.ts';
import { recordFingerprints } from './fingerprints.ts';
import { observeStack, servicesNamed } from './observe-stack.ts';
import { flag, services, timeout } from './option-schemas.ts';
import { nameServices, planForStack } from './plan-stack.ts';
import { waitStep } from './up.ts';

const options = z.object({
  services,
  noCache: flag('do not use the build cache'),
  wait: flag('wait until they are up again', 'w'),
  timeout,
});

/** Builds images and replaces the containers that run them; dependencies are left alone. */
export const rebuild: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'stack.rebuild',
  command: 'rebuild',
  title: 'Rebuild',
  summary: 'build images and replace the containers that run them',
  examples: ['devctl rebuild api --wait'],
  key: { scope: 'stack', key: 'b', selection: true },
  options,
  unavailable: unavailableWithoutEngine,
  plan: async (context, wish) => {
    const observed = await observeStack(context);
    const built = servicesNamed(wish.services, observed.model).filter((name) => observed.model.services[name]?.builds);
    if (built.length === 0)
      throw new DevctlError('usage', `Nothing to build: no "build:" in ${wish.services.join(', ') || observed.model.name}.`, {
        hint: 'devctl up uses images as they are.',
      });
    return planForStack(observed, {
      action: 'stack.rebuild',
      title: `Rebuild ${nameServices(observed, built)}`,
      verb: 'Rebuild',
      steps: [
        {
          what: `build ${built.join(', ')}`,
          why: 'rebuild',
          risk: 'none',
          effect: { kind: 'compose', argv: ['build', ...(wish.noCache ? ['--no-cache'] : []), ...built] },
        },
        {
          what: `replace ${built.join(', ')}`,
          why: 'rebuild',
          risk: 'recreates',
          effect: { kind: 'compose', argv: ['up', '--detach', '--no-deps', ...built] },
        },
        ...(wish.wait ? [waitStep(observed, wish, built)] : []),
      ],
      reasons: [`containers of ${built.join(', ')} are made anew`],
      losses: built.map((name) => ({ kind: 'container', name, detail: 'what it wrote outside of volumes' })),
      recovery: { how: undefined, detail: 'volumes stay as they are' },
      touchesData: built.some((name) => observed.model.services[name] && isDataService(observed.model.services[name])),
      commandLine: ['devctl rebuild', ...wish.services].join(' '),
    });
  },
  after: recordFingerprints,
  done: (plan) => `${plan.title}: done.`,
};
