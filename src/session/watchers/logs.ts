import type { Engine } from '#docker/engine.ts';
import type { ContainerState } from '#domain/container.ts';
import type { Clock } from '#system/clock.ts';
import type { WritableLogStore } from '../log-store.ts';
import { isFailing, selectServices } from '../selectors.ts';
import { replicasByService } from '../services.ts';
import type { SessionStore } from '../store.ts';
import { followLogs, type LogFollower } from './log-follower.ts';

export interface LogWatcher {
  /** Follows these services (and all failing ones) from now on, and no others. */
  wish(services: readonly string[], linesBack: number): void;
}

export interface LogWatch {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly logs: WritableLogStore;
  /** Lines came in; called for each of them. */
  readonly onLines: () => void;
}

/**
 * One follower per container of the wished services. A container that is there when its service is wished for brings its
 * last lines; one that takes its place (recreated, scaled) brings all of its lines, so that none is lost in between.
 */
export function watchLogs(store: SessionStore, watch: LogWatch, signal: AbortSignal): LogWatcher {
  const followers = new Map<string, LogFollower>();
  const seenServices = new Set<string>();
  let wished: readonly string[] = [];
  let linesBack = 200;

  function reconcile(): void {
    const state = store.getState();
    if (state.connection.status !== 'connected' || signal.aborted) return;
    const replicas = replicasByService(state.containers);
    const wanted = wantedServices();
    const containers = wanted.flatMap((service) => replicas.get(service) ?? []);
    for (const container of containers) if (container.detailed) follower(container).resume();
    for (const service of wanted) if (replicas.get(service)?.every((one) => one.detailed) ?? true) seenServices.add(service);
    pauseUnwanted(new Set(containers.map((one) => one.id)));
  }

  function wantedServices(): readonly string[] {
    const failing = selectServices(store.getState()).filter((view) => isFailing(view.condition));
    return [...new Set([...wished, ...failing.map((view) => view.name)])];
  }

  function follower(container: ContainerState): LogFollower {
    const known = followers.get(container.id);
    if (known) return known;
    const tail = seenServices.has(container.service) ? undefined : linesBack;
    const made = followLogs(store, { ...watch, id: container.id, service: container.service, tty: container.tty, tail }, signal);
    followers.set(container.id, made);
    return made;
  }

  function pauseUnwanted(wanted: ReadonlySet<string>): void {
    for (const [id, one] of followers) {
      if (!wanted.has(id)) one.pause();
      if (!store.getState().containers[id]) followers.delete(id);
    }
  }

  store.onChange((before) => {
    const state = store.getState();
    if (before.containers !== state.containers || before.connection !== state.connection || before.model !== state.model) reconcile();
  });
  return {
    wish(services, lines) {
      wished = services;
      linesBack = lines;
      reconcile();
    },
  };
}
