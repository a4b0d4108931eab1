import { COMPOSE_LABEL, type ContainerState, type VolumeState } from '#domain/container.ts';
import { DevctlError } from '#domain/error.ts';
import type { EngineIdentity, ForeignStack, StackIdentity } from '#domain/identity.ts';
import type { ComposeModel } from '#domain/model.ts';
import type { Profile, ProfileCompose } from '#domain/profile.ts';
import type { Context } from './context.ts';

/** What planners read of the world; nothing in it is changed by reading. */
export interface ObservedStack {
  readonly profile: Profile;
  readonly compose: ProfileCompose;
  readonly identity: StackIdentity;
  readonly engine: EngineIdentity;
  readonly model: ComposeModel;
  readonly containers: readonly ContainerState[];
  readonly foreign: ForeignStack | undefined;
}

/** Reads model, identity and containers of the context's stack. Throws `usage` for a host-only profile. */
export async function observeStack(context: Context): Promise<ObservedStack> {
  const profile = await context.profile();
  const inputs = await context.inputs();
  const [engine, compose] = await Promise.all([context.engine(), context.compose()]);
  const [identity, model, containers] = await Promise.all([
    engine.identity(),
    compose.model(inputs),
    engine.containers(inputs.projectName),
  ]);
  const profileCompose = composeOf(profile);
  return {
    profile,
    compose: profileCompose,
    engine: identity,
    identity: stackIdentity(profile, profileCompose, identity),
    model,
    containers,
    foreign: await findForeign(containers, profileCompose.projectDirectory, context),
  };
}

/** Names that the user gave, checked against the model; all services when none were given. Throws `usage` with a suggestion. */
export function servicesNamed(names: readonly string[], model: ComposeModel): readonly string[] {
  const known = Object.keys(model.services);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new DevctlError('usage', `No service ${unknown.map((name) => `"${name}"`).join(', ')} in ${model.name}.`, {
      hint: `Its services: ${known.join(', ')}`,
    });
  }
  return names.length > 0 ? names : known;
}

/** Volumes on the engine that belong to the project by label, and those of the model by name. */
export async function observeVolumes(context: Context, observed: ObservedStack): Promise<readonly VolumeState[]> {
  const engine = await context.engine();
  const labelled = await engine.volumes({ project: observed.identity.projectName });
  const named = await Promise.all(
    Object.values(observed.model.volumes)
      .filter((volume) => !labelled.some((one) => one.name === volume.name))
      .map((volume) => engine.volume(volume.name)),
  );
  return [...labelled, ...named.filter((volume) => volume !== undefined)];
}

/** The profile's compose section, or a `usage` error for a profile without containers. */
export function composeOf(profile: Profile): ProfileCompose {
  if (profile.compose) return profile.compose;
  throw new DevctlError('usage', `Profile ${profile.name} has no compose files: its services run on the host, not in containers.`, {
    hint: 'Choose another profile with -p; devctl profiles list shows them.',
  });
}

/** The identity of a profile's stack on an engine. */
export function stackIdentity(profile: Profile, compose: ProfileCompose, engine: EngineIdentity): StackIdentity {
  return {
    engineId: engine.id,
    endpoint: engine.endpoint,
    context: engine.context,
    projectName: compose.projectName,
    profile: profile.name,
    projectDirectory: compose.projectDirectory,
    files: compose.files,
    composeProfiles: compose.profiles,
  };
}

/** Containers of this project name that were made from another directory (symbolic links resolved). */
async function findForeign(containers: readonly ContainerState[], directory: string, context: Context): Promise<ForeignStack | undefined> {
  const { files } = context.edges;
  const expected = await files.realpath(directory);
  const directories = new Set(
    containers.map((container) => container.labels[COMPOSE_LABEL.workingDirectory]).filter((path) => path !== undefined),
  );
  for (const path of directories) {
    const found = await files.realpath(path);
    if (found !== expected) return { reason: 'other-directory', found, expected };
  }
  return undefined;
}
