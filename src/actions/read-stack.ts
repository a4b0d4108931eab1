import type { Engine } from '#docker/engine.ts';
import type { ContainerState } from '#domain/container.ts';
import type { ComposeModel } from '#domain/model.ts';
import type { Profile } from '#domain/profile.ts';
import { findForeignStack, workingDirectories } from '#session/foreign.ts';
import { portConflictOf } from '#session/port-conflict.ts';
import { findPortHolder } from '#session/port-holder.ts';
import { runProbe, serviceOf } from '#session/probe.ts';
import { initialState, reduce } from '#session/reducer.ts';
import { replicasByService } from '#session/services.ts';
import type { SessionState } from '#session/state.ts';
import { isoNow } from '#system/clock.ts';
import type { Context } from './context.ts';

/** How closely one look at the stack looks. */
export interface Look {
  /** `all`: every container is read; `troubled`: only those that do not run well, since the list tells the rest. */
  readonly details: 'all' | 'troubled';
  /** Runs each probe once. */
  readonly probes: boolean;
}

/** One look at a stack, as the same state that the terminal UI keeps live. Spawns nothing when the model is cached. */
export async function readStack(context: Context, look: Look): Promise<SessionState> {
  const [project, profile] = await Promise.all([context.project(), context.profile()]);
  const facts = { project, profile, profiles: [], protection: profile.protection, unfinished: [] };
  const state = profile.compose ? await readContainers(context, look, initialState(facts)) : initialState(facts);
  return look.probes ? runProbes(context, state) : state;
}

/** The model from the cache, else from compose. Values that may be secrets are left out of it. */
export async function readModel(context: Context): Promise<ComposeModel> {
  const [compose, inputs] = await Promise.all([context.compose(), context.inputs()]);
  return (await compose.cachedModel(inputs)) ?? (await compose.model(inputs));
}

async function readContainers(context: Context, look: Look, initial: SessionState): Promise<SessionState> {
  const engine = await context.engine();
  const [compose, inputs] = await Promise.all([context.compose(), context.inputs()]);
  const [cached, containers, identity] = await Promise.all([
    compose.cachedModel(inputs),
    readListed(engine, inputs.projectName, look),
    engine.identity(),
  ]);
  // Only after the engine has answered: where there is none, compose need not start.
  const model = cached ?? (await compose.model(inputs));
  const state = [
    { kind: 'model-ready', model } as const,
    { kind: 'connected', engine: identity } as const,
    { kind: 'containers-listed', containers } as const,
    {
      kind: 'foreign-checked',
      foreign: await findForeignStack(workingDirectories(containers), inputs.projectDirectory, context.edges.files),
    } as const,
  ].reduce<SessionState>(reduce, initial);
  return findHolders(context, containers, state);
}

/** The list, and what is looked at read one by one, few at a time. */
async function readListed(engine: Engine, project: string, { details }: Look): Promise<readonly ContainerState[]> {
  const listed = await engine.containers(project);
  const read = [...listed];
  const waiting = listed.entries();
  const readSome = async (): Promise<void> => {
    for (const [index, one] of waiting) if (isLookedAt(one, details)) read[index] = (await engine.container(one.id)) ?? one;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, readSome));
  return read;
}

// As many connections keep the engine busy; one of its own for each container costs more than its answer.
const AT_ONCE = 8;

function isLookedAt(container: ContainerState, details: Look['details']): boolean {
  return !container.detailed && (details === 'all' || container.status !== 'running' || container.health === 'unhealthy');
}

/** Who holds the ports that containers could not get. */
async function findHolders(context: Context, containers: readonly ContainerState[], state: SessionState): Promise<SessionState> {
  const engine = await context.engine();
  const lookup = { engine, files: context.edges.files };
  const found = await Promise.all(
    containers.map(async (one) => {
      const conflict = portConflictOf(one);
      return conflict && { kind: 'port-holder-found' as const, container: one.id, holder: await findPortHolder(conflict, lookup, one.id) };
    }),
  );
  return found.filter((one) => one !== undefined).reduce<SessionState>(reduce, state);
}

async function runProbes(context: Context, state: SessionState): Promise<SessionState> {
  const { clock, network } = context.edges;
  const engine = state.profile.compose ? await context.engine() : undefined;
  const results = await Promise.all(
    probesOf(state).map(async (probe) => {
      const container = runningContainer(serviceOf(probe), state);
      const outcome = await runProbe(probe, { clock, network, engine, container });
      return { kind: 'probe-finished' as const, result: { probe, ...outcome, at: isoNow(clock) } };
    }),
  );
  return results.reduce<SessionState>(reduce, state);
}

/** Probes whose subject runs: the others would only say again that it does not. */
function probesOf(state: SessionState): Profile['health']['probes'] {
  const { probes } = state.profile.health;
  return state.profile.compose ? probes.filter((probe) => runningContainer(serviceOf(probe), state)) : probes;
}

function runningContainer(service: string | undefined, state: SessionState): ContainerState | undefined {
  const replicas = replicasByService(state.containers);
  const candidates = service === undefined ? [...replicas.values()].flat() : (replicas.get(service) ?? []);
  return candidates.find((one) => one.status === 'running');
}
