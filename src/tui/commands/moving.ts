import { selectServices } from '#session/selectors.ts';
import type { ServiceView } from '#session/service.ts';
import { TABS, type Tab, type UiState } from '../store.ts';
import type { Tui } from '../tui.ts';
import { type Move, moveSelection } from '../widgets/list-state.ts';
import { moveScroll } from '../widgets/scroll-state.ts';
import { EMPTY_FIELD, fieldText } from '../widgets/text-field-state.ts';
import type { Command } from './command.ts';

/** Moving within and between panes. */
export const MOVING: readonly Command[] = [
  moving('up', ['k', 'up'], 'Up'),
  moving('down', ['j', 'down'], 'Down'),
  moving('first', ['g', 'home'], 'First'),
  moving('last', ['G', 'end'], 'Last'),
  moving('pageup', ['pageup'], 'Page up'),
  moving('pagedown', ['pagedown'], 'Page down'),
  command('open', ['enter'], 'Open the selected service', (tui) => tui.ui.setState({ focus: 'details' }), {
    scope: 'services',
    label: 'open',
  }),
  command('clear', ['esc'], 'Clear the filter', (tui) => tui.ui.setState({ filter: EMPTY_FIELD }), { scope: 'services' }),
  command('back', ['esc'], 'Back to the services', (tui) => tui.ui.setState({ focus: 'services' }), { scope: 'details', label: 'back' }),
  command('next-pane', ['tab'], 'Next pane', switchPane),
  command('previous-pane', ['shift-tab'], 'Previous pane', switchPane),
  command('next-tab', [']', 'right'], 'Next tab', (tui) => switchTab(tui, 1), { label: 'tabs' }),
  command('previous-tab', ['[', 'left'], 'Previous tab', (tui) => switchTab(tui, -1)),
];

/** The services that the list shows: all, or those whose name has the filter's text in it. */
export function listedServices(state: UiState): readonly ServiceView[] {
  const wanted = fieldText(state.filter).toLowerCase();
  const views = selectServices(state.stack.session.getState());
  return wanted === '' ? views : views.filter((view) => view.name.toLowerCase().includes(wanted));
}

/** The service under the cursor; the first one when the selected one is not listed. */
export function selectedService(state: UiState): ServiceView | undefined {
  const views = listedServices(state);
  return views.find((view) => view.name === state.selected) ?? views[0];
}

/** Shows a tab of the selected service. */
export function openTab(tui: Tui, tab: Tab): void {
  tui.ui.setState({ tab, focus: 'details', scroll: 0, follow: true });
}

function move(tui: Tui, by: Move): void {
  const state = tui.ui.getState();
  if (state.focus === 'services') moveInList(tui, by);
  else moveInText(tui, by);
}

function moveInList(tui: Tui, by: Move): void {
  const state = tui.ui.getState();
  const names = listedServices(state).map((view) => view.name);
  const current = selectedService(state)?.name;
  const selected = moveSelection(names, current, { move: by, page: Math.max(1, tui.measured.listRows - 1) });
  if (selected !== state.selected) tui.ui.setState({ selected, scroll: 0, follow: true });
}

/** The log tail follows its end until one scrolls up, and again from the last line on. */
function moveInText(tui: Tui, by: Move): void {
  const { tab, follow, scroll } = tui.ui.getState();
  const { content, visible } = tui.measured.details;
  const end = Math.max(0, content - visible);
  const from = tab === 'logs' && follow ? end : scroll;
  const next = moveScroll(from, by, { content, visible });
  tui.ui.setState({ scroll: next, follow: tab === 'logs' ? next >= end : follow });
}

function switchPane(tui: Tui): void {
  tui.ui.setState((state) => ({ focus: state.focus === 'services' ? 'details' : 'services' }));
}

function switchTab(tui: Tui, by: number): void {
  const { tab } = tui.ui.getState();
  openTabKeepingFocus(tui, TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length] ?? 'health');
}

function openTabKeepingFocus(tui: Tui, tab: Tab): void {
  tui.ui.setState({ tab, scroll: 0, follow: true });
}

function moving(id: Move, keys: readonly string[], title: string): Command {
  return command(id, keys, title, (tui) => move(tui, id));
}

interface Extras {
  readonly scope?: Command['scope'];
  readonly label?: string;
}

function command(id: string, keys: readonly string[], title: string, run: (tui: Tui) => void, extras: Extras = {}): Command {
  return {
    id: `move.${id}`,
    keys,
    scope: extras.scope ?? 'stack',
    title,
    label: extras.label,
    group: 'Move',
    onSelection: false,
    unavailable: () => undefined,
    run,
  };
}
