import { createLogStore, type WritableLogStore } from '#session/log-store.ts';
import type { LogLine } from '#session/logs.ts';
import { initialState } from '#session/reducer.ts';
import { replicasByService } from '#session/services.ts';
import { createSessionStore } from '#session/store.ts';
import { watchEngine } from '#session/watchers/engine-events.ts';
import { watchLogs } from '#session/watchers/logs.ts';
import type { Context } from './context.ts';
import type { LogRange } from './logs.ts';

/** What is followed; no services: all, those that come later too. */
export interface LogWish {
  readonly services: readonly string[];
  readonly range: LogRange;
}

/** Told each line with the name of its container. */
export type ShowLine = (line: LogLine, container: string) => void;

/** Past lines of several containers come in their own time; they are put in order before the first is shown. */
const SETTLE_MS = 300;
const LINES_BACK = 200;
/** Lines are shown as they come; the store only has to tell lines apart that come twice. */
const LIMITS = { perService: 256 * 1024, total: 4 * 1024 * 1024 };

/** Shows the last lines and then each new one, over restarts and recreated containers, until aborted. */
export async function followLogs(context: Context, wish: LogWish, show: ShowLine, signal: AbortSignal): Promise<void> {
  const [project, profile, engine, inputs] = await Promise.all([context.project(), context.profile(), context.engine(), context.inputs()]);
  const { clock } = context.edges;
  const store = createSessionStore(
    initialState({ project, profile, profiles: [], protection: profile.protection, unfinished: [] }),
    () => undefined,
  );
  const nameOf = (id: string): string => store.getState().containers[id]?.name ?? id.slice(0, 12);
  const settling = createSettling(wish, (line) => show(line, nameOf(line.containerId)));
  const logs = tapLogs(createLogStore(LIMITS), settling.take);
  const watcher = watchLogs(store, { engine, clock, logs, onLines: () => undefined }, signal);
  const follow = (): void =>
    watcher.wish(
      wish.services.length > 0 ? wish.services : [...replicasByService(store.getState().containers).keys()],
      wish.range.tail ?? LINES_BACK,
    );
  follow();
  if (wish.services.length === 0) followNewServices(store, follow);
  await watchEngine(store, { engine, project: inputs.projectName, clock }, signal).resync();
  await clock.sleep(SETTLE_MS, signal);
  settling.end();
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Wishes again whenever a service appears. */
function followNewServices(store: ReturnType<typeof createSessionStore>, follow: () => void): void {
  let known = '';
  store.onChange(() => {
    const services = [...replicasByService(store.getState().containers).keys()].sort().join();
    if (services === known) return;
    known = services;
    follow();
  });
}

/** Holds lines back until `end`, then shows them by time, and later ones at once. Only what is wished and in range. */
function createSettling({ services, range }: LogWish, show: (line: LogLine) => void): { take(line: LogLine): void; end(): void } {
  let waiting: LogLine[] | undefined = [];
  const since = range.since?.replace('.', '') ?? '';
  return {
    take(line) {
      if (services.length > 0 && !services.includes(line.service)) return;
      if (line.timeNano < since) return;
      if (waiting) waiting.push(line);
      else show(line);
    },
    end() {
      const lines = waiting ?? [];
      waiting = undefined;
      for (const line of lines.sort((a, b) => (a.timeNano < b.timeNano ? -1 : a.timeNano > b.timeNano ? 1 : 0))) show(line);
    },
  };
}

/** The same store, whose every new line is also told. */
function tapLogs(store: WritableLogStore, tell: (line: LogLine) => void): WritableLogStore {
  return Object.create(store, {
    append: {
      value: (...args: Parameters<WritableLogStore['append']>) => {
        const line = store.append(...args);
        tell(line);
        return line;
      },
    },
  }) as WritableLogStore;
}
