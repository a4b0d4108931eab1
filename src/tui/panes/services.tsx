import { memo, type ReactElement } from 'react';
import { isFailing, selectServices } from '#session/selectors.ts';
import type { ServiceView } from '#session/service.ts';
import type { Session } from '#session/session.ts';
import type { ProbeState, SessionState } from '#session/state.ts';
import type { Tab, UiState } from '../store.ts';
import type { Theme } from '../theme.ts';
import { useSession, useTui, useUi } from '../use-tui.ts';
import { Frame, innerWidth } from '../widgets/frame.tsx';
import { type Line, line, span } from '../widgets/line.ts';
import { windowStart } from '../widgets/list-state.ts';
import { fieldText } from '../widgets/text-field-state.ts';
import { useDelayed } from '../widgets/use-delayed.ts';
import { formatProbe, formatService, memoryShapeFor, nameColumnsFor } from './services-lines.ts';
import { formatTabs } from './tabs.ts';
import { type Usages, usageOf, usagesOf } from './usage.ts';

interface Props {
  readonly width: number;
  readonly height: number;
  /** The only pane on a small screen: its tabs lead to the details. */
  readonly isOnly: boolean;
}

/** The service list, with the probes below it. */
export const ServicesPane = memo(function ServicesPane(props: Props): ReactElement {
  const tui = useTui();
  const ui = useUi(uiFacts);
  const session = useSession(sessionFacts);
  const usages = useSession((state) => usagesOf(selectServices(state), state.stats));
  const probes = useSession((state) => state.probes);
  const isLoading = useDelayed(session.views.length === 0 && session.model === 'loading');
  const inner = innerWidth(props.width);
  const rows = Math.max(1, props.height - 2);
  tui.measured.listRows = rows;
  const views = filtered(session.views, ui.filter);
  const reasons = useReasons();
  const lines =
    views.length === 0
      ? emptyLines(session, { filter: ui.filter, isLoading })
      : listLines(views, { ...ui, usages, probes, reasons }, { theme: tui.theme, width: inner, rows });
  return (
    <Frame
      width={props.width}
      height={props.height}
      focused={ui.focus === 'services'}
      title={titleLine(ui, props.isOnly)}
      note={ui.filter === '' ? undefined : line(span(`/${ui.filter} ${views.length} of ${session.views.length}`, 'attention'))}
      bottom={props.isOnly ? formatTabs({ shown: 'services', tab: ui.tab }, tui.theme) : undefined}
      lines={lines}
    />
  );
});

type Reasons = Readonly<Record<string, string>>;

/** The likely cause, or else the last words, of each service that fails. */
function useReasons(): Reasons {
  const session = useUi((state) => state.stack.session);
  return useSession((state) => {
    const failing = selectServices(state).filter((view) => isFailing(view.condition));
    return Object.fromEntries(failing.flatMap((view) => reasonOf(view, session)));
  });
}

function reasonOf(view: ServiceView, session: Session): readonly (readonly [string, string])[] {
  const explanation = session.explain(view.name);
  const reason = explanation?.likely ?? explanation?.lastWords.at(-1)?.trim();
  return reason ? [[view.name, reason]] : [];
}

interface UiFacts {
  readonly focus: UiState['focus'];
  readonly selected: string | undefined;
  readonly filter: string;
  readonly tab: Tab;
}

function uiFacts(state: UiState): UiFacts {
  return { focus: state.focus, selected: state.selected, filter: fieldText(state.filter), tab: state.tab };
}

interface SessionFacts {
  readonly views: readonly ServiceView[];
  readonly model: SessionState['model']['status'];
  readonly isHostOnly: boolean;
}

function sessionFacts(state: SessionState): SessionFacts {
  return {
    views: selectServices(state),
    model: state.model.status,
    isHostOnly: state.profile.compose === undefined,
  };
}

function filtered(views: readonly ServiceView[], filter: string): readonly ServiceView[] {
  return filter === '' ? views : views.filter((view) => view.name.toLowerCase().includes(filter.toLowerCase()));
}

function titleLine(ui: UiFacts, isOnly: boolean): Line {
  return line(span(isOnly ? '1 Stack' : 'Services', ui.focus === 'services' ? 'strong' : 'plain'));
}

interface ListFacts {
  readonly usages: Usages;
  readonly probes: SessionState['probes'];
  readonly reasons: Reasons;
}

interface ListShape {
  readonly theme: Theme;
  readonly width: number;
  readonly rows: number;
}

/** The part of the list around the cursor; probes below when everything fits. */
function listLines(views: readonly ServiceView[], facts: UiFacts & ListFacts, shape: ListShape): readonly Line[] {
  const selected = views.some((view) => view.name === facts.selected) ? facts.selected : views[0]?.name;
  const nameColumns = nameColumnsFor(views, shape.width);
  const row = {
    theme: shape.theme,
    width: shape.width,
    nameColumns,
    ...memoryShapeFor(
      views.flatMap((view) => usageOf(facts.usages, view.name) ?? []),
      shape.width - nameColumns - FIXED_COLUMNS,
    ),
  };
  const start = windowStart(
    views.findIndex((view) => view.name === selected),
    views.length,
    shape.rows,
  );
  const services = views.slice(start, start + shape.rows).map((view) =>
    formatService(view, usageOf(facts.usages, view.name), {
      ...row,
      isSelected: view.name === selected,
      reason: facts.reasons[view.name],
    }),
  );
  const probes = probeLines(Object.values(facts.probes), shape, nameColumns);
  return services.length + probes.length <= shape.rows ? [...services, ...probes] : services;
}

/** Pointer, sign, gaps, the word `unhealthy`, and the processor column. */
const FIXED_COLUMNS = 22;

function probeLines(probes: readonly ProbeState[], shape: ListShape, nameColumns: number): readonly Line[] {
  if (probes.length === 0) return [];
  return [[], line(span('Probes', 'dim')), ...probes.map((probe) => formatProbe(probe, shape.theme, { width: shape.width, nameColumns }))];
}

function emptyLines(facts: SessionFacts, why: { readonly filter: string; readonly isLoading: boolean }): readonly Line[] {
  if (why.filter !== '' && facts.views.length > 0)
    return [line(span(`No service has “${why.filter}” in its name. Esc clears the filter.`, 'dim'))];
  if (facts.isHostOnly) return [line(span('This profile has no containers of its own.', 'dim'))];
  if (facts.model === 'failed') return [line(span('The compose files cannot be read; see above.', 'bad'))];
  if (facts.model === 'loading') return why.isLoading ? [line(span('Reading the compose files…', 'dim'))] : [];
  return [line(span('No services in this profile.', 'dim'))];
}
