import * as z from 'zod';
import { pinProfile, rememberProfile } from '#profiles/remember.ts';
import type { Query } from './action.ts';
import { contextOfProfile } from './context-of-profile.ts';

const options = z.object({
  profile: z.string().meta({ positional: true, value: 'PROFILE', description: 'profile to use when none is named' }),
  thisMachine: z.boolean().default(false).meta({ description: 'the only profile of this machine: others are refused here' }),
});

/** Remembers the profile that is used on a terminal when none is named. Writes devctl's own state only. */
export const use: Query<z.infer<typeof options>, { readonly name: string; readonly thisMachine: boolean }> = {
  kind: 'query',
  id: 'start.use',
  command: 'use',
  title: 'Use a profile from now on',
  summary: 'use a profile on this terminal when none is named, or pin this machine to one',
  examples: ['devctl use test', 'devctl use prod --this-machine'],
  options,
  unavailable: () => undefined,
  read: async (context, wish) => {
    const project = await context.project();
    const profile = await (await contextOfProfile(context, wish.profile)).profile();
    const place = { files: context.edges.files, locations: context.edges.locations, project };
    if (wish.thisMachine) await pinProfile(place, profile.name);
    else await rememberProfile(place, profile);
    return { name: profile.name, thisMachine: wish.thisMachine };
  },
  document: ({ name, thisMachine }) => ({ schema: 1, profile: name, thisMachine }),
  lines: ({ name, thisMachine }) => [
    thisMachine
      ? `This machine is for ${name} only; devctl refuses other profiles of this project here.`
      : `On a terminal, ${name} is used from now on when no profile is named. What runs stays as it is.`,
  ],
};
