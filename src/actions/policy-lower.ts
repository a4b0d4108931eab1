import * as z from 'zod';
import type { Change } from './action.ts';
import { contextOfProfile } from './context-of-profile.ts';
import { planPolicy } from './plan-policy.ts';

const options = z.object({ profile: z.string().meta({ positional: true, value: 'PROFILE', description: 'the profile' }) });

/** Accepts that a stack is guarded less than it once was on this machine. */
export const policyLower: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'check.policy-lower',
  command: 'policy lower',
  title: 'Accept a lower protection',
  summary: "let a profile's own protection count although this stack was once guarded more on this machine",
  examples: ['devctl policy lower dev'],
  options,
  unavailable: () => undefined,
  scope: (context, wish) => contextOfProfile(context, wish.profile),
  plan: async (context) => {
    const { name, protection } = await context.profile();
    return planPolicy(context, {
      action: 'check.policy-lower',
      title: `Lower the protection of ${name} to ${protection}`,
      verb: 'Lower it',
      what: `remember ${protection} as the highest protection of this stack`,
      effect: { kind: 'policy', change: 'lower', profile: name, seconds: 0 },
      risk: 'destroys',
      detail: 'the profile can be protected again at any time',
      commandLine: `devctl policy lower ${name}`,
    });
  },
  done: (plan) => `${plan.title}: done.`,
};
