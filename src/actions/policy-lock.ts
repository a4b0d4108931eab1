import * as z from 'zod';
import type { Change } from './action.ts';
import { contextOfProfile } from './context-of-profile.ts';
import { planPolicy } from './plan-policy.ts';

const options = z.object({ profile: z.string().meta({ positional: true, value: 'PROFILE', description: 'the profile' }) });

/** Ends an unlock before its time. */
export const policyLock: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'check.policy-lock',
  command: 'policy lock',
  title: 'Lock a profile again',
  summary: 'end an unlock before its time',
  examples: ['devctl policy lock prod'],
  options,
  unavailable: () => undefined,
  scope: (context, wish) => contextOfProfile(context, wish.profile),
  plan: async (context) => {
    const { name } = await context.profile();
    return planPolicy(context, {
      action: 'check.policy-lock',
      title: `Lock profile ${name}`,
      verb: 'Lock',
      what: `lock ${name}`,
      effect: { kind: 'policy', change: 'lock', profile: name, seconds: 0 },
      risk: 'none',
      detail: 'devctl policy unlock opens it again',
      commandLine: `devctl policy lock ${name}`,
    });
  },
  done: (plan) => `${plan.title}: done.`,
};
