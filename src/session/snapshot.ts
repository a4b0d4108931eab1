import type { Compose, ComposeInputs } from '#docker/compose.ts';
import type { Engine } from '#docker/engine.ts';
import type { ContainerState } from '#domain/container.ts';
import { asDevctlError } from '#domain/error.ts';
import type { Files } from '#system/files.ts';
import type { SessionEvent } from './event.ts';
import { explain } from './explain.ts';
import { findForeignStack, workingDirectories } from './foreign.ts';
import { portConflictOf } from './port-conflict.ts';
import { findPortHolder } from './port-holder.ts';
import { initialState, reduce, type StackFacts } from './reducer.ts';
import type { Explanation, ServiceView } from './service.ts';
import type { SessionState } from './state.ts';

/** What a single look at a stack needs. */
export interface SnapshotEdges {
  readonly engine: Engine;
  readonly compose: Compose;
  readonly inputs: ComposeInputs;
  readonly files: Files;
}

/**
 * The state of a stack as it is now, for commands that answer once (`ps`, `status`, `health`). A model that cannot be read
 * is told in the state; throws `environment` when the engine does not answer.
 */
export async function takeSnapshot(facts: StackFacts, edges: SnapshotEdges): Promise<SessionState> {
  const [identity, model, containers] = await Promise.all([edges.engine.identity(), readModel(edges), readContainers(edges)]);
  const events: SessionEvent[] = [{ kind: 'connected', engine: identity }, model, { kind: 'containers-listed', containers }];
  const [around, orphans] = await Promise.all([readSurroundings(containers, edges), readOrphans(model, containers, edges)]);
  return [...events, ...around, ...orphans].reduce(reduce, initialState(facts));
}

/** Explains each service with its last words; reads the logs of those that are not well. */
export async function explainOnce(view: ServiceView, state: SessionState, look: { engine: Engine; now: number }): Promise<Explanation> {
  const lines: string[] = [];
  const culprit = view.containers.find((one) => one.status !== 'running') ?? view.containers[0];
  if (culprit) {
    const range = { follow: false, tail: 20, since: undefined, until: undefined, tty: culprit.tty };
    await look.engine.logs(culprit.id, { ...range, onLine: (line) => lines.push(line.text) }, new AbortController().signal);
  }
  return explain(view, { state, lines, now: look.now });
}

async function readModel({ compose, inputs }: SnapshotEdges): Promise<SessionEvent> {
  try {
    return { kind: 'model-ready', model: (await compose.cachedModel(inputs)) ?? (await compose.model(inputs)) };
  } catch (error) {
    const { message, hint } = asDevctlError(error);
    return { kind: 'model-failed', error: message, hint };
  }
}

async function readContainers({ engine, inputs }: SnapshotEdges): Promise<readonly ContainerState[]> {
  const listed = await engine.containers(inputs.projectName);
  const read = await Promise.all(listed.map((one) => engine.container(one.id)));
  return read.filter((one) => one !== undefined);
}

async function readSurroundings(containers: readonly ContainerState[], edges: SnapshotEdges): Promise<SessionEvent[]> {
  const foreign = await findForeignStack(workingDirectories(containers), edges.inputs.projectDirectory, edges.files);
  const holders = await Promise.all(
    containers.map(async (container): Promise<SessionEvent[]> => {
      const conflict = portConflictOf(container);
      if (!conflict) return [];
      return [{ kind: 'port-holder-found', container: container.id, holder: await findPortHolder(conflict, edges, container.id) }];
    }),
  );
  return [{ kind: 'foreign-checked', foreign }, ...holders.flat()];
}

/** Only when a container asks for it: the names of all compose profiles cost another run of compose. */
async function readOrphans(model: SessionEvent, containers: readonly ContainerState[], edges: SnapshotEdges): Promise<SessionEvent[]> {
  if (model.kind !== 'model-ready' || containers.every((one) => model.model.services[one.service])) return [];
  const all = await edges.compose.model(edges.inputs, { allProfiles: true });
  return [{ kind: 'all-services-known', services: Object.keys(all.services) }];
}
