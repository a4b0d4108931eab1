import type { Engine } from '#docker/engine.ts';
import type { ContainerState } from '#domain/container.ts';
import type { Probe } from '#domain/profile.ts';
import { type Clock, isoNow } from '#system/clock.ts';
import type { Network } from '#system/network.ts';
import { type ProbeOutcome, runProbe, serviceOf } from '../probe.ts';
import { replicasByService } from '../services.ts';
import type { SessionState } from '../state.ts';
import type { SessionStore } from '../store.ts';

export interface ProbeWatcher {
  /** Runs one probe now; nothing for a name that there is not. */
  runNow(name: string): Promise<void>;
}

export interface ProbeWatch {
  readonly engine: Engine | undefined;
  readonly network: Network;
  readonly clock: Clock;
}

// While a service starts, its probe is asked this often, so that "healthy" is seen when it comes.
const STARTING_EVERY_SECONDS = 1;
// A failure so soon after the start of a container, with no success before, is not a failure yet, unless its own check passes.
const START_GRACE_MS = 15_000;

/** Runs each probe in its own interval while what it tells about runs; anew at once when that was started anew. */
export function watchProbes(store: SessionStore, watch: ProbeWatch, signal: AbortSignal): ProbeWatcher {
  const running = new Map<string, { readonly subject: string; readonly stop: AbortController }>();

  function reconcile(): void {
    if (signal.aborted) return;
    for (const probe of store.getState().profile.health.probes) {
      const subject = subjectOf(probe, store.getState());
      const current = running.get(probe.name);
      if (current?.subject === subject) continue;
      current?.stop.abort();
      running.delete(probe.name);
      if (subject !== undefined) start(probe, subject);
      else if (store.getState().probes[probe.name]) report(probe, NOT_RUNNING);
    }
  }

  function start(probe: Probe, subject: string): void {
    const stop = new AbortController();
    running.set(probe.name, { subject, stop });
    void repeat(probe, AbortSignal.any([signal, stop.signal]));
  }

  async function repeat(probe: Probe, aborted: AbortSignal): Promise<void> {
    while (!aborted.aborted) {
      const outcome = await runOnce(probe);
      if (aborted.aborted) return;
      report(probe, outcome);
      const isStarting = outcome.status === 'starting';
      await watch.clock.sleep((isStarting ? Math.min(STARTING_EVERY_SECONDS, probe.everySeconds) : probe.everySeconds) * 1000, aborted);
    }
  }

  async function runOnce(probe: Probe): Promise<ProbeOutcome> {
    const container = containersOf(probe, store.getState()).find((one) => one.status === 'running');
    const outcome = await runProbe(probe, { ...watch, container });
    const isStarting = outcome.status === 'unhealthy' && isStillStarting(probe, store.getState(), watch.clock.now());
    return isStarting ? { ...outcome, status: 'starting' } : outcome;
  }

  function report(probe: Probe, outcome: ProbeOutcome): void {
    store.dispatch({ kind: 'probe-finished', result: { probe, ...outcome, at: isoNow(watch.clock) } });
  }

  store.onChange((before) => {
    const { containers, connection, profile } = store.getState();
    if (before.containers !== containers || before.connection !== connection || before.profile !== profile) reconcile();
  });
  reconcile();
  return {
    async runNow(name) {
      const probe = store.getState().profile.health.probes.find((one) => one.name === name);
      if (probe) report(probe, await runOnce(probe));
    },
  };
}

const NOT_RUNNING: ProbeOutcome = { status: 'unknown', latencyMs: undefined, output: 'not running' };

/** What has to run for a probe to make sense, as one word that changes when others run; undefined: it does not run. */
function subjectOf(probe: Probe, state: SessionState): string | undefined {
  if (state.model.status === 'none') return 'host';
  const runs = containersOf(probe, state).filter((one) => one.status === 'running');
  if (runs.length === 0) return undefined;
  return serviceOf(probe) === undefined ? 'stack' : runs.map((one) => one.id).join();
}

/** The containers that a probe tells about: its service's, or all when it names none. */
function containersOf(probe: Probe, state: SessionState): readonly ContainerState[] {
  const replicas = replicasByService(state.containers);
  const service = serviceOf(probe);
  return service === undefined ? [...replicas.values()].flat() : (replicas.get(service) ?? []);
}

function isStillStarting(probe: Probe, state: SessionState, now: number): boolean {
  const containers = containersOf(probe, state).filter((one) => one.status === 'running');
  if (containers.some((one) => one.health === 'starting')) return true;
  if (containers.some((one) => one.health !== 'none')) return false;
  const known = state.probes[probe.name];
  const started = Math.max(...containers.map((one) => Date.parse(one.startedAt ?? '')), 0);
  const hasSucceeded =
    known !== undefined && (known.status === 'healthy' || known.status === 'degraded') && Date.parse(known.since) > started;
  const hasFailed = known?.status === 'unhealthy' && Date.parse(known.since) > started;
  return !hasSucceeded && !hasFailed && now - started < START_GRACE_MS;
}
