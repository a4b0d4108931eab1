import type { Engine, EngineEvent } from '#docker/engine.ts';
import type { ContainerState } from '#domain/container.ts';
import type { Clock } from '#system/clock.ts';
import type { ContainerEvent } from '../event.ts';
import type { SessionStore } from '../store.ts';
import { createInspector } from './inspector.ts';
import { createLister } from './lister.ts';

export interface EngineWatcher {
  /** Lists only, for the first picture: reading each container comes with the subscription to events. Never rejects. */
  list(): Promise<void>;
  /** Lists everything anew and reads each container. Never rejects: a failure is a lost connection in the state. */
  resync(): Promise<void>;
  /** Reads one container anew. */
  read(id: string): void;
}

export interface EngineWatch {
  readonly engine: Engine;
  readonly project: string;
  readonly clock: Clock;
}

/**
 * Follows the engine for good: subscribe, then list, then apply what events say and read only what they name.
 * After every gap everything is listed again (reference: compose-wrapping §2.3, §2.7).
 */
export function watchEngine(store: SessionStore, watch: EngineWatch, signal: AbortSignal): EngineWatcher {
  const inspector = createInspector(store, watch, signal);
  const lister = createLister(store, watch, signal);
  const heardWhileListing = new Set<string>();

  async function resync(): Promise<void> {
    readAll(await lister.list());
  }

  async function list(): Promise<void> {
    await lister.list();
    readAll([]);
  }

  /** Also what events named meanwhile: the list may be of before them. */
  function readAll(containers: readonly ContainerState[]): void {
    const ids = new Set([...troubledFirst(containers).map((one) => one.id), ...heardWhileListing]);
    for (const id of ids) inspector.request(id);
    if (!lister.isListing()) heardWhileListing.clear();
  }

  function hear(event: EngineEvent): void {
    if (event.kind === 'network') readUnstarted(event.container);
    if (event.kind === 'container') hearContainer(event);
  }

  function hearContainer(event: ContainerEvent): void {
    if (lister.isListing()) heardWhileListing.add(event.id);
    store.dispatch({ kind: 'container-event', event });
    if (!TELLS_ENOUGH.has(event.action)) inspector.request(event.id);
  }

  /** A start that fails makes no event of its own container, only one of its network that takes it off again. */
  function readUnstarted(container: string | undefined): void {
    const ids = container === undefined ? Object.keys(store.getState().containers) : [container];
    for (const id of ids) {
      const status = store.getState().containers[id]?.status;
      if (status === 'created' || (container !== undefined && status === 'exited')) inspector.request(id);
    }
  }

  const { project } = watch;
  watch.engine.follow({ project, onConnected: () => void resync(), onEvent: hear, onDisconnected: lister.lose }, signal);
  return { list, resync, read: inspector.request };
}

// A kill or a stop is followed by the `die` that it causes; of a removed container nothing is left to read.
const TELLS_ENOUGH: ReadonlySet<string> = new Set(['destroy', 'kill', 'stop']);

function troubledFirst(containers: readonly ContainerState[]): readonly ContainerState[] {
  const isTroubled = (one: ContainerState): boolean => one.status !== 'running' || one.health === 'unhealthy';
  return containers.toSorted((a, b) => Number(isTroubled(b)) - Number(isTroubled(a)));
}
