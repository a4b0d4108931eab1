import * as z from 'zod';
import { formatDuration, parseDuration } from '#domain/duration.ts';
import { DevctlError } from '#domain/error.ts';
import type { Change } from './action.ts';
import { contextOfProfile } from './context-of-profile.ts';
import { planPolicy } from './plan-policy.ts';
import { LONGEST_UNLOCK_SECONDS } from './unlocks.ts';

const options = z.object({
  profile: z.string().meta({ positional: true, value: 'PROFILE', description: 'the protected profile' }),
  for: z.string().default('10m').meta({ value: 'DURATION', description: 'how long, an hour at most' }),
});

/** Lets irrecoverable plans of a protected profile be asked at all, for a short time. Only a person at a terminal can. */
export const policyUnlock: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'check.policy-unlock',
  command: 'policy unlock',
  title: 'Unlock a protected profile',
  summary: 'let irrecoverable plans of a protected profile through the gate for a short time',
  examples: ['devctl policy unlock prod --for 10m'],
  options,
  unavailable: () => undefined,
  scope: (context, wish) => contextOfProfile(context, wish.profile),
  plan: async (context, wish) => {
    const { name } = await context.profile();
    if ((await context.protection()) !== 'protected')
      throw new DevctlError('usage', `Profile ${name} is not protected: there is nothing to unlock.`, { hint: 'devctl policy show' });
    const seconds = parseDuration(wish.for);
    if (!seconds || seconds > LONGEST_UNLOCK_SECONDS)
      throw new DevctlError('usage', `--for ${wish.for} is no time between 1 s and 1 h.`, { hint: '--for 10m' });
    return planPolicy(context, {
      action: 'check.policy-unlock',
      title: `Unlock profile ${name} for ${formatDuration(seconds)}`,
      verb: 'Unlock',
      what: `unlock ${name} for ${formatDuration(seconds)}`,
      effect: { kind: 'policy', change: 'unlock', profile: name, seconds },
      risk: 'destroys',
      detail: 'it ends by itself; devctl policy lock ends it at once',
      commandLine: `devctl policy unlock ${name} --for ${wish.for}`,
    });
  },
  done: (plan) => `${plan.title}: done. Each plan is still asked by itself.`,
};
