import { homedir } from 'node:os';
import type { Context, Edges } from '#actions/context.ts';
import { createContext } from '#actions/create-context.ts';
import { findProject } from '#profiles/find-project.ts';
import { loadProfiles } from '#profiles/load-profiles.ts';
import { readRemembered } from '#profiles/remember.ts';
import { selectProfile } from '#profiles/select.ts';

/** Which profile of which project; undefined: as found. */
export interface ContextWish {
  readonly profile: string | undefined;
  readonly directory: string | undefined;
  readonly atTerminal: boolean;
}

/** The context of a wish; nothing is read before it is asked for. */
export function openContext(edges: Edges, wish: ContextWish): Context {
  const { files, env, locations, cwd } = edges;
  return createContext({
    edges,
    load: async () => {
      const project = await findProject({ files, cwd, directory: wish.directory, home: env.HOME ?? homedir() });
      return loadProfiles({ files, env, project, cache: locations.cache });
    },
    select: async ({ project, profiles, defaultName }) =>
      selectProfile({
        profiles,
        defaultName,
        env,
        requested: wish.profile,
        remembered: await readRemembered({ files, locations, project }),
        isTerminal: wish.atTerminal,
        projectName: project.name,
      }),
  });
}
