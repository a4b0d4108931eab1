import { isFailing, selectServices } from '#session/selectors.ts';
import type { ServiceView } from '#session/service.ts';
import type { Session } from '#session/session.ts';
import { listedServices, selectedService } from './commands/moving.ts';
import type { Tui } from './tui.ts';
import { windowStart } from './widgets/list-state.ts';

/**
 * Tells the session what is on screen, so that nothing else is sampled or followed, and picks the service to start
 * with: the first one that fails, else the first. Returns how to stop.
 */
export function watchSelection(tui: Tui): () => void {
  let wished = '';
  let stopSession = (): void => undefined;
  let watched: Session | undefined;
  const update = (): void => {
    const { session } = tui.ui.getState().stack;
    if (session !== watched) {
      stopSession();
      watched = session;
      stopSession = session.subscribe(update);
    }
    selectFirst(tui);
    readWhole(tui, session);
    const wish = wishOf(tui);
    const key = JSON.stringify(wish);
    if (key === wished) return;
    wished = key;
    session.watch(wish);
  };
  const stopUi = tui.ui.subscribe(update);
  update();
  return () => {
    stopUi();
    stopSession();
  };
}

function selectFirst(tui: Tui): void {
  const state = tui.ui.getState();
  if (state.selected !== undefined) return;
  const views = selectServices(state.stack.session.getState());
  const first = views.find((view) => isFailing(view.condition)) ?? views[0];
  const containers = views.flatMap((view) => view.containers);
  // The container list does not tell exit codes and errors; wait until each is known in detail.
  if (first && containers.length > 0 && containers.every((one) => one.detailed)) tui.ui.setState({ selected: first.name });
}

const readWholly = new WeakSet<Session>();

/** The model of the first frame comes from the cache, which holds no values; what shows values asks for the whole. */
function readWhole(tui: Tui, session: Session): void {
  const { tab } = tui.ui.getState();
  if ((tab !== 'env' && tab !== 'config') || readWholly.has(session)) return;
  readWholly.add(session);
  void session.reload();
}

/** Stats of the rows that are seen; logs of the selected service. */
function wishOf(tui: Tui): { readonly stats: readonly string[]; readonly logs: readonly string[] } {
  const state = tui.ui.getState();
  const selected = selectedService(state);
  return { stats: seenServices(tui).map((view) => view.name), logs: selected ? [selected.name] : [] };
}

function seenServices(tui: Tui): readonly ServiceView[] {
  const state = tui.ui.getState();
  const views = listedServices(state);
  const rows = Math.max(1, state.size.rows - 4);
  const selected = selectedService(state);
  const start = windowStart(selected ? views.indexOf(selected) : 0, views.length, rows);
  return views.slice(start, start + rows);
}
