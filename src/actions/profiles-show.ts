import * as z from 'zod';
import type { Profile, Project } from '#domain/profile.ts';
import { formatOrigin, type OriginRow } from '#profiles/format-origin.ts';
import type { Query } from './action.ts';
import { contextOfProfile } from './context-of-profile.ts';
import { formatTable, painted } from './format-table.ts';

const options = z.object({
  profile: z.string().optional().meta({ positional: true, value: 'PROFILE', description: 'the chosen one when absent' }),
  origin: z.boolean().default(false).meta({ description: 'where each value comes from' }),
});

interface ShownProfile {
  readonly project: Project;
  readonly profile: Profile;
  readonly rows: readonly OriginRow[];
  readonly withOrigin: boolean;
}

/** Shows every setting of one resolved profile. */
export const profilesShow: Query<z.infer<typeof options>, ShownProfile> = {
  kind: 'query',
  id: 'start.profiles-show',
  command: 'profiles show',
  title: 'Show a profile',
  summary: 'every setting of a profile, with --origin the file and line that set it',
  examples: ['devctl profiles show', 'devctl profiles show prod --origin'],
  options,
  unavailable: () => undefined,
  read: async (context, wish) => {
    const [project, profile] = await Promise.all([
      context.project(),
      wish.profile === undefined ? context.profile() : (await contextOfProfile(context, wish.profile)).profile(),
    ]);
    return { project, profile, rows: formatOrigin(profile, project.root), withOrigin: wish.origin };
  },
  document: ({ profile, rows }) => ({
    schema: 1,
    name: profile.name,
    description: profile.description ?? null,
    role: profile.role,
    protection: profile.protection,
    source: profile.source,
    default: profile.isDefault,
    settings: rows.map(({ path, value, location }) => ({ path, value, origin: location })),
  }),
  lines: ({ project, profile, rows, withOrigin }, paint) => [
    `${paint.strong(`${project.name} ▸ ${profile.name}`)}  ${profile.role}, ${profile.protection}, ${profile.source}`,
    ...(profile.description ? [profile.description] : []),
    ...formatTable(rows.map(({ path, value, location }) => [path, value, ...(withOrigin ? [painted(location, paint.dim)] : [])])),
  ],
};
