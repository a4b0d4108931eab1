import type { Engine, StatsSample } from '#docker/engine.ts';
import type { Clock } from '#system/clock.ts';
import type { TakenSample } from '../event.ts';
import { replicasByService } from '../services.ts';
import type { SessionStore } from '../store.ts';

export interface StatsWatcher {
  /** Samples the running containers of these services from now on, and no others. */
  wish(services: readonly string[]): void;
}

export interface StatsWatch {
  readonly engine: Engine;
  readonly clock: Clock;
  /** Reads one container anew: a check that goes on failing makes no event, but what it says is on screen. */
  readonly read: (id: string) => void;
}

const EVERY_MS = 2000;
// CPU use needs two samples; the second one comes sooner so that the number does.
const SECOND_SAMPLE_MS = 500;
// One sampling takes at most this part of the time, however many containers are on screen.
const SHARE = 1 / 20;

/** One-shot samples, only of what is on screen; nothing runs while there is nothing to sample. */
export function watchStats(store: SessionStore, { engine, clock, read }: StatsWatch, signal: AbortSignal): StatsWatcher {
  const previous = new Map<string, StatsSample>();
  let wished: readonly string[] = [];
  let pause: AbortController | undefined;

  function targets(): readonly string[] {
    if (store.getState().connection.status !== 'connected') return [];
    const replicas = replicasByService(store.getState().containers);
    return wished.flatMap((service) => (replicas.get(service) ?? []).filter((one) => one.status === 'running').map((one) => one.id));
  }

  /** Starts when there is something to do, and does not wait for what is not sampled yet. */
  function wake(): void {
    const ids = targets();
    if (ids.length === 0 || signal.aborted) return;
    if (!pause) void run();
    else if (ids.some((id) => !previous.has(id))) pause.abort();
  }

  async function run(): Promise<void> {
    for (let ids = targets(); ids.length > 0 && !signal.aborted; ids = targets()) {
      pause = new AbortController();
      const started = clock.monotonic();
      const hasNew = ids.some((id) => !previous.has(id));
      await sample(ids);
      const tookMs = clock.monotonic() - started;
      await clock.sleep(Math.max(hasNew ? SECOND_SAMPLE_MS : EVERY_MS, tookMs / SHARE), AbortSignal.any([signal, pause.signal]));
    }
    pause = undefined;
  }

  async function sample(ids: readonly string[]): Promise<void> {
    const taken = await Promise.all(ids.map(sampleOne));
    for (const id of previous.keys()) if (!store.getState().containers[id]) previous.delete(id);
    const samples = taken.filter((one) => one !== undefined);
    for (const id of ids) if (['unhealthy', 'starting'].includes(store.getState().containers[id]?.health ?? '')) read(id);
    if (samples.length > 0 && !signal.aborted) store.dispatch({ kind: 'stats-sampled', samples });
  }

  async function sampleOne(id: string): Promise<TakenSample | undefined> {
    // A container that ends meanwhile, or an engine that goes away, is told by the event feed.
    const sample = await engine.stats(id).catch(() => undefined);
    if (!sample) return undefined;
    const before = previous.get(id);
    previous.set(id, sample);
    return { id, sample, cpuPercent: before && cpuPercent(before, sample) };
  }

  store.onChange((before) => {
    if (before.containers !== store.getState().containers || before.connection !== store.getState().connection) wake();
  });
  return {
    wish(services) {
      wished = services;
      wake();
    },
  };
}

/** Percent of one core between two samples; undefined when the container was started anew in between. */
export function cpuPercent(before: StatsSample, after: StatsSample): number | undefined {
  const used = after.cpuTotal - before.cpuTotal;
  const passed = after.systemTotal - before.systemTotal;
  return used < 0 || passed <= 0 ? undefined : (used / passed) * after.cpus * 100;
}
