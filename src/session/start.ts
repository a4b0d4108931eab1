import type { Compose, ComposeInputs } from '#docker/compose.ts';
import type { Engine } from '#docker/engine.ts';
import type { Clock } from '#system/clock.ts';
import type { Files } from '#system/files.ts';
import type { Network } from '#system/network.ts';
import { findDrift } from './drift.ts';
import { explain } from './explain.ts';
import { createFrameScheduler } from './frame-scheduler.ts';
import { createLogStore, type LogLimits } from './log-store.ts';
import { initialState, type StackFacts } from './reducer.ts';
import { selectServices } from './selectors.ts';
import type { Session } from './session.ts';
import { createSessionStore, type SessionStore } from './store.ts';
import { type EngineWatcher, watchEngine } from './watchers/engine-events.ts';
import { type LogWatcher, watchLogs } from './watchers/logs.ts';
import { type ModelWatcher, watchModel } from './watchers/model.ts';
import { watchProbes } from './watchers/probes.ts';
import { type StatsWatcher, watchStats } from './watchers/stats.ts';
import { watchSurroundings } from './watchers/surroundings.ts';

/** The outside world of a session. `engine`, `compose` and `inputs` are undefined for a host-only profile. */
export interface SessionEdges {
  readonly engine: Engine | undefined;
  readonly compose: Compose | undefined;
  readonly inputs: ComposeInputs | undefined;
  readonly clock: Clock;
  readonly network: Network;
  readonly files: Files;
  /** Bounds of the log store; 8 MiB a service and 32 MiB in all when not given. */
  readonly logLimits?: LogLimits;
}

export type SessionOptions = StackFacts & SessionEdges;

/**
 * Starts watching a stack and returns at once; `ready` tells when the first useful state is there. Takes the cached model
 * and the container list without waiting for `docker compose config`. The edges stay the caller's to close.
 */
export function startSession(options: SessionOptions): Session {
  const stopped = new AbortController();
  const listeners = new Set<() => void>();
  const logs = createLogStore(options.logLimits);
  const scheduler = createFrameScheduler({ clock: options.clock, prepare: tellOfLines, notify });
  const store = createSessionStore(initialState(factsOf(options)), scheduler.mark);
  const watchers = startWatchers(store, { ...options, logs, onLines: scheduler.markLines }, stopped.signal);

  function tellOfLines(): void {
    store.dispatch({ kind: 'logs-arrived', version: logs.version });
  }

  function notify(): void {
    for (const listener of listeners) listener();
  }

  return {
    ready: watchers.ready.then(() => scheduler.flush()),
    getState: store.getState,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    logs,
    flush: scheduler.flush,
    explain(service) {
      const view = selectServices(store.getState()).find((one) => one.name === service);
      const lines = logs.tail([service], LAST_WORDS).map((line) => line.text);
      return view && explain(view, { state: store.getState(), lines, now: options.clock.now() });
    },
    watch(wish) {
      watchers.stats?.wish(wish.stats);
      watchers.logs?.wish(wish.logs, wish.logLines ?? LINES_BACK);
    },
    probeNow: watchers.probes.runNow,
    reload: async () => watchers.model?.reload(),
    checkDrift: () => checkDrift(store, options),
    resync: async () => watchers.engine?.resync(),
    async stop() {
      stopped.abort();
      scheduler.stop();
      listeners.clear();
    },
  };
}

const LINES_BACK = 200;
// More than an explanation shows: it leaves out empty lines and the frames of a stack.
const LAST_WORDS = 40;

type WatcherOptions = SessionEdges & { readonly logs: ReturnType<typeof createLogStore>; readonly onLines: () => void };

interface Watchers {
  readonly engine: EngineWatcher | undefined;
  readonly model: ModelWatcher | undefined;
  readonly stats: StatsWatcher | undefined;
  readonly logs: LogWatcher | undefined;
  readonly probes: ReturnType<typeof watchProbes>;
  readonly ready: Promise<void>;
}

function startWatchers(store: SessionStore, options: WatcherOptions, signal: AbortSignal): Watchers {
  const { engine, compose, inputs, clock } = options;
  const probes = watchProbes(store, options, signal);
  if (!engine || !compose || !inputs) {
    return { engine: undefined, model: undefined, stats: undefined, logs: undefined, probes, ready: Promise.resolve() };
  }
  watchSurroundings(store, { engine, compose, inputs, files: options.files }, signal);
  const logs = watchLogs(store, { engine, clock, logs: options.logs, onLines: options.onLines }, signal);
  const model = watchModel(store, { compose, inputs, files: options.files }, signal);
  const events = watchEngine(store, { engine, project: inputs.projectName, clock }, signal);
  const stats = watchStats(store, { engine, clock, read: events.read }, signal);
  const ready = Promise.all([model.takeCached(), events.list()]).then(() => undefined);
  return { engine: events, model, stats, logs, probes, ready };
}

async function checkDrift(store: SessionStore, { engine, compose, inputs, files }: SessionEdges): Promise<void> {
  if (!engine || !compose || !inputs) return;
  // Without an answer it stays unknown; why compose cannot read the files is in the state of the model.
  const drift = await findDrift(store.getState().containers, { engine, compose, inputs, files }).catch(() => ({}));
  store.dispatch({ kind: 'drift-known', drift });
}

function factsOf({ project, profile, profiles, protection, unfinished }: StackFacts): StackFacts {
  return { project, profile, profiles, protection, unfinished };
}
