import * as z from 'zod';
import type { Query } from './action.ts';
import { contextOfProfile } from './context-of-profile.ts';

const options = z.object({
  profile: z.string().optional().meta({ positional: true, value: 'PROFILE', description: 'the chosen one when absent' }),
});

/** Prints the files that a profile is made of, for scripts: compose files in merge order, then env files. */
export const profilesPath: Query<
  z.infer<typeof options>,
  { readonly name: string; readonly files: readonly string[]; readonly envFiles: readonly string[]; readonly config: readonly string[] }
> = {
  kind: 'query',
  id: 'start.profiles-path',
  command: 'profiles path',
  title: 'Print the files of a profile',
  summary: 'files that a profile is made of, one a line',
  examples: ['devctl profiles path', '$EDITOR $(devctl profiles path prod)'],
  options,
  unavailable: () => undefined,
  read: async (context, wish) => {
    const profile = wish.profile === undefined ? await context.profile() : await (await contextOfProfile(context, wish.profile)).profile();
    const { config } = await context.project();
    const declaredIn = [config, ...Object.values(profile.origin).map((origin) => origin.file)].filter((file) => file !== undefined);
    const files = profile.compose?.files ?? [];
    const others = [...new Set(declaredIn)].filter((file) => !files.includes(file) && !profile.env.files.includes(file));
    return { name: profile.name, config: others, files, envFiles: profile.env.files };
  },
  document: ({ name, config, files, envFiles }) => ({ schema: 1, name, config, files, envFiles }),
  lines: ({ config, files, envFiles }) => [...config, ...files, ...envFiles],
};
