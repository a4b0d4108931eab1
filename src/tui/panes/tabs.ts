import { TABS, type Tab } from '../store.ts';
import type { Theme } from '../theme.ts';
import { type Line, span } from '../widgets/line.ts';

const TITLES: Readonly<Record<Tab, string>> = {
  health: 'Health',
  logs: 'Logs',
  stats: 'Stats',
  env: 'Env',
  config: 'Config',
  ports: 'Ports',
};

export function tabTitle(tab: Tab): string {
  return TITLES[tab];
}

/** The tabs as they stand in the bottom border; the shown one stands out. `services` leads to the list on a small screen. */
export function formatTabs(state: { readonly shown: 'services' | 'details' | 'details-only'; readonly tab: Tab }, theme: Theme): Line {
  const details = TABS.map((tab) => ({ title: TITLES[tab], isShown: state.shown !== 'services' && tab === state.tab }));
  const all = state.shown === 'details' ? details : [{ title: 'Services', isShown: state.shown === 'services' }, ...details];
  return all.flatMap((tab, index) => [
    span(index === 0 ? '' : ` ${theme.signs.dot} `, 'dim'),
    span(tab.title, tab.isShown ? 'key' : 'dim'),
  ]);
}
