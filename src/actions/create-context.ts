import type { Compose, ComposeInputs } from '#docker/compose.ts';
import type { Engine } from '#docker/engine.ts';
import type { Profile, Project } from '#domain/profile.ts';
import { requireEnvFiles } from '#profiles/check-env-files.ts';
import type { Context, Edges, ProfileOrError, StackState } from './context.ts';
import { openJournal } from './journal.ts';
import { composeOf } from './observe-stack.ts';
import { type ProtectionReason, protectionReasons, strictestOf } from './protection.ts';
import { journalPath, stackKey, statePath } from './stack-paths.ts';
import { openTickets } from './tickets.ts';
import { openUnlocks } from './unlocks.ts';

/** A project with all its profiles, as the profiles layer loads it. */
export interface LoadedProject {
  readonly project: Project;
  readonly profiles: readonly ProfileOrError[];
  /** undefined: several profiles, none of which is the obvious one. */
  readonly defaultName: string | undefined;
}

/** Where a context gets its project and profile from; functions, so that nothing is read before it is asked for. */
export interface ContextSources {
  readonly edges: Edges;
  load(): Promise<LoadedProject>;
  select(loaded: LoadedProject): Promise<Profile>;
}

/** A context whose parts are read when first asked for, once. */
export function createContext({ edges, load, select }: ContextSources): Context {
  const loaded = once(load);
  const project = async (): Promise<Project> => (await loaded()).project;
  const profiles = async (): Promise<readonly ProfileOrError[]> => (await loaded()).profiles;
  const profile = once(async () => select(await loaded()));
  const engine = once(async (): Promise<Engine> => edges.engineFor(await profile()));
  const compose = once(async (): Promise<Compose> => edges.composeFor(await profile()));
  const inputs = once(async () => {
    await requireEnvFiles(edges.files, await profile(), (await project()).root);
    return inputsOf(await profile(), await engine(), edges.env);
  });
  const state = once(async () => stackState(await project(), await profile(), { engine, edges }));
  const protection = once(async () => strictestOf(await reasonsFor(await profile(), await profiles(), { engine, edges })));
  const readAhead = (): void => {
    // Whoever plans asks again, and is told what is wrong.
    void Promise.all([compose(), inputs()])
      .then(([reader, known]) => reader.model(known))
      .catch(() => undefined);
  };
  return { edges, project, profiles, profile, engine, compose, inputs, readAhead, state, protection };
}

/** The same project and edges with another profile. */
export function withProfile(context: Context, profile: Profile): Context {
  const load = async (): Promise<LoadedProject> => ({
    project: await context.project(),
    profiles: await context.profiles(),
    defaultName: undefined,
  });
  return createContext({ edges: context.edges, load, select: async () => profile });
}

interface Parts {
  readonly engine: () => Promise<Engine>;
  readonly edges: Edges;
}

/** A host-only profile has no engine that could raise anything. */
async function reasonsFor(
  profile: Profile,
  profiles: readonly ProfileOrError[],
  { engine, edges }: Parts,
): Promise<readonly ProtectionReason[]> {
  if (!profile.compose) return [{ protection: profile.protection, because: `profile ${profile.name}` }];
  return protectionReasons(profile, profiles, { files: edges.files, locations: edges.locations, engine: await engine() });
}

/** A promise made at the first call and kept, failures included. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function inputsOf(profile: Profile, engine: Engine, env: Readonly<Record<string, string>>): ComposeInputs {
  const compose = composeOf(profile);
  const pass = Object.fromEntries(profile.env.pass.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  return { ...compose, envFiles: profile.env.files, endpoint: engine.endpoint, pass };
}

/** A host-only profile has no engine to name it by: its project does. */
async function stackState(
  project: Project,
  profile: Profile,
  parts: { readonly engine: () => Promise<Engine>; readonly edges: Edges },
): Promise<StackState> {
  const { edges } = parts;
  const engineId = profile.compose ? (await (await parts.engine()).identity()).id : 'host';
  const key = stackKey(engineId, profile.compose?.projectName ?? project.name);
  const at = (name: string): string => statePath(edges.locations, key, name);
  return {
    key,
    journal: openJournal(journalPath(edges.locations, key), edges),
    tickets: openTickets(at('plans.json'), edges),
    approvals: openTickets(at('approvals.json'), edges),
    unlocks: openUnlocks(at('unlocks.json'), edges),
  };
}
