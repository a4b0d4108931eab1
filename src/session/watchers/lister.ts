import type { Engine } from '#docker/engine.ts';
import type { ContainerState } from '#domain/container.ts';
import { DevctlError } from '#domain/error.ts';
import { type Clock, isoNow } from '#system/clock.ts';
import type { SessionStore } from '../store.ts';

/** Lists all containers of a project into the state, and tells of a connection that is there or lost. */
export interface Lister {
  /** What was listed; nothing when the engine does not answer (then the state says so) or a newer list was quicker. */
  list(): Promise<readonly ContainerState[]>;
  /** Whether a list is on its way, so that what happens now may not be in it. */
  isListing(): boolean;
  lose(error: unknown): void;
}

export interface Listing {
  readonly engine: Engine;
  readonly project: string;
  readonly clock: Clock;
}

export function createLister(store: SessionStore, { engine, project, clock }: Listing, signal: AbortSignal): Lister {
  let begun = 0;
  let applied = 0;

  async function list(): Promise<readonly ContainerState[]> {
    const turn = ++begun;
    try {
      const [identity, containers] = await Promise.all([engine.identity(), engine.containers(project)]);
      if (turn < applied || signal.aborted) return [];
      applied = turn;
      store.dispatch({ kind: 'containers-listed', containers });
      store.dispatch({ kind: 'connected', engine: identity });
      return containers;
    } catch (error) {
      if (turn === begun && !signal.aborted) lose(error);
      return [];
    }
  }

  function lose(error: unknown): void {
    const hint = error instanceof DevctlError ? error.hint : undefined;
    const message = error instanceof Error ? error.message : String(error);
    store.dispatch({ kind: 'connection-lost', at: isoNow(clock), error: message, hint });
  }

  return { list, lose, isListing: () => applied < begun };
}
