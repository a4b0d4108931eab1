import type { ReactElement } from 'react';
import { neutralise } from '#domain/text.ts';
import { type OverallHealth, overallHealth } from '#session/selectors.ts';
import type { SessionState } from '#session/state.ts';
import { SCREENS } from './screens/index.ts';
import type { Role, Theme } from './theme.ts';
import { useSession, useTui, useUi } from './use-tui.ts';
import { justify, type Line, line, lineColumns, span } from './widgets/line.ts';
import { LineText } from './widgets/line-text.tsx';

/** Project, profile, protection, engine, health and the screens: always in view. */
export function Header(props: { readonly width: number }): ReactElement {
  const { theme } = useTui();
  const screen = useUi((state) => state.screen);
  const facts = useSession(headerFacts);
  return <LineText width={props.width} line={formatHeader({ ...facts, screen }, theme, props.width)} />;
}

export interface HeaderFacts {
  readonly project: string;
  readonly profile: string;
  readonly protection: SessionState['protection'];
  readonly source: string;
  /** Empty for the default engine; the user must know when it is another one. */
  readonly engine: string;
  readonly status: OverallHealth['status'];
  readonly healthy: number;
  readonly total: number;
  readonly isConnected: boolean;
}

/** The header in one row; on a protected profile the whole row is in the danger colour. */
export function formatHeader(facts: HeaderFacts & { readonly screen: string }, theme: Theme, width: number): Line {
  const left = line(
    ' ',
    span(neutralise(facts.project), 'strong'),
    span(` ${theme.signs.crumb} `, 'dim'),
    span(neutralise(facts.profile), 'strong'),
    '  ',
    protectionSpan(facts),
    ...(facts.source === 'inferred' && width >= 60 ? [span('  inferred', 'dim')] : []),
    ...(facts.engine === '' ? [] : [span(`  ${neutralise(facts.engine)}`, 'accent')]),
    '    ',
    ...healthSpans(facts, theme),
  );
  const right = width >= 100 ? screensLine(facts.screen) : [];
  const row = lineColumns(left) + lineColumns(right) < width ? justify(left, right, width) : left;
  return facts.protection === 'protected' ? inDanger(row, width) : row;
}

function headerFacts(state: SessionState): HeaderFacts {
  const health = overallHealth(state);
  const { connection } = state;
  const isDefault = connection.status !== 'connected' || connection.context === 'default';
  return {
    project: state.project.name,
    profile: state.profile.name,
    protection: state.protection,
    source: state.profile.source,
    engine: isDefault ? '' : `on ${connection.context}`,
    status: health.status,
    healthy: health.healthy,
    total: health.total,
    isConnected: connection.status === 'connected',
  };
}

const PROTECTION_ROLES: Readonly<Record<SessionState['protection'], Role>> = { open: 'dim', guarded: 'accent', protected: 'danger' };

function protectionSpan(facts: HeaderFacts) {
  return span(facts.protection === 'protected' ? 'PROTECTED' : facts.protection, PROTECTION_ROLES[facts.protection]);
}

function healthSpans(facts: HeaderFacts, theme: Theme): Line {
  if (facts.total === 0) return [];
  if (!facts.isConnected) return [span(`${theme.signs.absent} not connected`, 'dim')];
  const [sign, role] = HEALTH_LOOKS[facts.status];
  const text = facts.status === 'down' ? 'down' : `${facts.healthy}/${facts.total} healthy`;
  return [span(`${theme.signs[sign]} ${text}`, role)];
}

const HEALTH_LOOKS: Readonly<Record<OverallHealth['status'], readonly ['good' | 'degraded' | 'failed' | 'busy' | 'absent', Role]>> = {
  healthy: ['good', 'good'],
  degraded: ['degraded', 'attention'],
  unhealthy: ['failed', 'bad'],
  starting: ['busy', 'attention'],
  down: ['absent', 'dim'],
};

/** The digits of the screens with their names; the shown one stands out. */
function screensLine(shown: string): Line {
  return [
    ...SCREENS.flatMap((screen) => [span(screen.digit, 'key'), span(` ${screen.title}  `, screen.id === shown ? 'strong' : 'dim')]),
    span('p', 'key'),
    span(' profile ', 'dim'),
  ];
}

function inDanger(row: Line, width: number): Line {
  const text = row.map((part) => span(part.text, 'danger'));
  return [...text, span(' '.repeat(Math.max(0, width - lineColumns(text))), 'danger')];
}
