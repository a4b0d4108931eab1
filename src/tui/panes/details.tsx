import { memo, type ReactElement } from 'react';
import { isWell, selectServices } from '#session/selectors.ts';
import type { ServiceView } from '#session/service.ts';
import type { SessionState } from '#session/state.ts';
import { selectedService } from '../commands/moving.ts';
import type { Stack } from '../host.ts';
import type { Tab, UiState } from '../store.ts';
import { type Theme, themeOf } from '../theme.ts';
import { useSession, useTui, useUi } from '../use-tui.ts';
import { Frame, innerWidth } from '../widgets/frame.tsx';
import { type Line, line, lineText, span } from '../widgets/line.ts';
import { visibleRows } from '../widgets/scroll-state.ts';
import { useTicking } from '../widgets/use-ticking.ts';
import { formatHealth } from './health-lines.ts';
import { formatLogs } from './logs-lines.ts';
import { formatConfig, formatEnv, formatPorts } from './model-lines.ts';
import { formatStats } from './stats-lines.ts';
import { formatTabs, tabTitle } from './tabs.ts';

interface Props {
  readonly width: number;
  readonly height: number;
  readonly isOnly: boolean;
}

/** Lines of the short tail; the whole log is what the Logs screen is for. */
const LOG_TAIL = 200;

/** Everything about the selected service, a tab at a time. */
export const DetailPane = memo(function DetailPane(props: Props): ReactElement {
  const tui = useTui();
  const ui = useUi(uiFacts);
  const view = useSession((state) => viewOf(state, tui.ui.getState()));
  useSession((state) => inputsOf(state, ui.tab, view));
  const rows = Math.max(1, props.height - 2);
  const width = innerWidth(props.width);
  useTicking(() => (view ? relativeTexts(tui.ui.getState().stack, view, ui.tab, tui.clock.now()) : ''));
  const lines = view ? tabLines({ view, tab: ui.tab, stack: ui.stack, theme: tui.theme, width, now: tui.clock.now() }) : [];
  tui.measured.details = { content: lines.length, visible: rows };
  const offset = ui.tab === 'logs' && ui.follow ? lines.length : ui.scroll;
  const shown = visibleRows(lines, offset, rows);
  tui.measured.detailText = shown.rows.map(lineText);
  return (
    <Frame
      width={props.width}
      height={props.height}
      focused={ui.focus === 'details'}
      title={titleLine(view, ui)}
      note={noteLine(ui, shown, tui.theme)}
      bottom={formatTabs({ shown: props.isOnly ? 'details-only' : 'details', tab: ui.tab }, tui.theme)}
      lines={shown.rows}
    />
  );
});

interface UiFacts {
  readonly focus: UiState['focus'];
  readonly selected: string | undefined;
  readonly filter: UiState['filter'];
  readonly tab: Tab;
  readonly scroll: number;
  readonly follow: boolean;
  readonly stack: Stack;
}

function uiFacts({ focus, selected, filter, tab, scroll, follow, stack }: UiState): UiFacts {
  return { focus, selected, filter, tab, scroll, follow, stack };
}

function viewOf(state: SessionState, ui: UiState): ServiceView | undefined {
  return selectServices(state).length === 0 ? undefined : selectedService(ui);
}

/** Only what the shown tab is made from: nothing else may draw it again. */
function inputsOf(state: SessionState, tab: Tab, view: ServiceView | undefined): readonly unknown[] {
  const ids = view?.containers.map((container) => container.id) ?? [];
  switch (tab) {
    case 'health':
      return [
        // Only what is not well quotes its log.
        view && !isWell(view.condition) ? state.logVersion : 0,
        ...state.profile.health.probes.filter((probe) => probe.service === view?.name).map((probe) => state.probes[probe.name]),
        selectServices(state),
        ...ids.map((id) => state.portHolders[id]),
      ];
    case 'logs':
      return [state.logVersion];
    case 'stats':
      return ids.map((id) => state.stats[id]);
    case 'env':
    case 'config':
      return [state.model];
    default:
      return [];
  }
}

/** The texts of a tab that change with time alone. */
function relativeTexts(stack: Stack, view: ServiceView, tab: Tab, now: number): string {
  if (tab !== 'health') return '';
  return healthLines({ stack, view, now, theme: TEXT_ONLY, width: 200 }).map(lineText).join('\n');
}

const TEXT_ONLY = themeOf('none', true);

interface TabFacts {
  readonly view: ServiceView;
  readonly tab: Tab;
  readonly stack: Stack;
  readonly theme: Theme;
  readonly width: number;
  readonly now: number;
}

function tabLines(facts: TabFacts): readonly Line[] {
  const { view, stack, theme, width } = facts;
  switch (facts.tab) {
    case 'health':
      return healthLines(facts);
    case 'logs':
      return logLines(stack, view);
    case 'stats':
      return formatStats(view, stack.session.getState().stats, { theme, width });
    case 'env':
      return formatEnv(view, { width, isReading: stack.session.getState().model.status === 'loading' });
    case 'config':
      return formatConfig(view, width);
    case 'ports':
      return formatPorts(view);
  }
}

function healthLines(facts: Omit<TabFacts, 'tab'>): readonly Line[] {
  const { view, stack, now } = facts;
  const state = stack.session.getState();
  const probes = state.profile.health.probes
    .filter((probe) => probe.service === view.name)
    .flatMap((probe) => state.probes[probe.name] ?? []);
  return formatHealth({ view, explanation: stack.session.explain(view.name), probes, now }, facts.theme, facts.width);
}

function logLines(stack: Stack, view: ServiceView): readonly Line[] {
  const lines = stack.session.logs.tail([view.name], LOG_TAIL);
  return lines.length > 0
    ? formatLogs(lines)
    : [line(span(view.containers.length > 0 ? 'Nothing logged yet.' : 'No container, so no log. u brings it up.', 'dim'))];
}

function titleLine(view: ServiceView | undefined, ui: UiFacts): Line {
  const role = ui.focus === 'details' ? 'strong' : 'plain';
  return line(span(view?.name ?? 'Details', role), span(` · ${tabTitle(ui.tab)}`, role));
}

function noteLine(ui: UiFacts, shown: { readonly above: number; readonly below: number }, theme: Theme): Line | undefined {
  if (ui.tab === 'logs') return line(span(ui.follow ? 'following' : `${shown.below} below, f follows`, ui.follow ? 'dim' : 'attention'));
  if (shown.above === 0 && shown.below === 0) return undefined;
  return line(span(`${shown.above > 0 ? theme.signs.less : ' '}${shown.below > 0 ? theme.signs.more : ' '}`, 'dim'));
}
