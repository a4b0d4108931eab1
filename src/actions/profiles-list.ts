import * as z from 'zod';
import type { Endpoint } from '#docker/endpoint.ts';
import type { Profile, Project } from '#domain/profile.ts';
import { shortPath } from '#profiles/problems.ts';
import type { Query } from './action.ts';
import type { Context, ProfileOrError } from './context.ts';
import { formatTable, painted } from './format-table.ts';

const options = z.object({});

interface ListedProfile {
  readonly profile: Profile;
  /** undefined when the engine that the profile names cannot be told (e.g. no such context). */
  readonly endpoint: Endpoint | undefined;
}

interface ProfilesResult {
  readonly project: Project;
  readonly profiles: readonly ListedProfile[];
  readonly broken: readonly { readonly name: string; readonly message: string }[];
}

/** Lists the project's profiles. */
export const profilesList: Query<z.infer<typeof options>, ProfilesResult> = {
  kind: 'query',
  id: 'start.profiles-list',
  command: 'profiles list',
  title: 'List profiles',
  summary: 'profiles of the project, and what each is made of',
  examples: ['devctl profiles', 'devctl profiles list --json'],
  options,
  unavailable: () => undefined,
  read: async (context) => {
    const [project, all] = await Promise.all([context.project(), context.profiles()]);
    const profiles = await Promise.all(all.flatMap((one) => ('profile' in one ? [withEndpoint(context, one.profile)] : [])));
    return { project, profiles, broken: all.flatMap(brokenOf) };
  },
  document: ({ project, profiles, broken }) => ({
    schema: 1,
    project: {
      name: project.name,
      root: project.root,
      config: project.config ? shortPath(project.config, project.root) : null,
      foundBy: project.foundBy,
    },
    profiles: profiles.map((one) => profileDocument(one, project)),
    ...(broken.length > 0 ? { broken } : {}),
  }),
  lines: ({ project, profiles, broken }, paint) => {
    const rows = profiles.map(({ profile }) => [
      profile.isDefault ? `${profile.name} (default)` : profile.name,
      profile.role,
      painted(
        profile.protection,
        profile.protection === 'protected' ? paint.bad : profile.protection === 'open' ? paint.good : paint.attention,
      ),
      profile.source,
      profile.compose?.projectName ?? '(host only)',
      (profile.compose?.files ?? []).map((file) => shortPath(file, project.root)).join(' + '),
    ]);
    const head = ['PROFILE', 'ROLE', 'PROTECTION', 'SOURCE', 'COMPOSE PROJECT', 'FILES'].map((text) => painted(text, paint.dim));
    return [
      `${paint.strong(project.name)}  ${project.root}  ${paint.dim(`(${project.foundBy})`)}`,
      ...formatTable([head, ...rows]),
      ...broken.flatMap(({ name, message }) =>
        message.split('\n').map((line, index) => (index === 0 ? `${paint.bad('✖')} ${name}: ${line}` : `  ${line}`)),
      ),
    ];
  },
  exitCode: ({ broken }) => (broken.length > 0 ? 2 : 0),
};

async function withEndpoint(context: Context, profile: Profile): Promise<ListedProfile> {
  // A context that does not exist is the profile's own error as soon as it is used; the list goes on without.
  const engine = await context.edges.engineFor(profile).catch(() => undefined);
  return { profile, endpoint: engine?.endpoint };
}

function brokenOf(one: ProfileOrError): readonly { readonly name: string; readonly message: string }[] {
  return 'error' in one ? [{ name: one.name, message: one.error.message }] : [];
}

function profileDocument({ profile, endpoint }: ListedProfile, { root }: Project) {
  const { compose } = profile;
  return {
    name: profile.name,
    description: profile.description ?? null,
    role: profile.role,
    protection: profile.protection,
    source: profile.source,
    files: (compose?.files ?? []).map((file) => shortPath(file, root)),
    envFiles: profile.env.files.map((file) => shortPath(file, root)),
    composeProfiles: compose?.profiles ?? [],
    projectName: compose?.projectName ?? null,
    engine: { endpoint: endpoint?.host ?? null, context: endpoint?.context ?? profile.engine.context ?? null },
    default: profile.isDefault,
  };
}
