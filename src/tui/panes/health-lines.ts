import type { ContainerState, HealthResult } from '#domain/container.ts';
import { formatDuration } from '#domain/duration.ts';
import { neutralise } from '#domain/text.ts';
import { isWell } from '#session/selectors.ts';
import type { Explanation, ServiceView } from '#session/service.ts';
import type { ProbeState } from '#session/state.ts';
import type { Theme } from '../theme.ts';
import { type Line, line, span, wrapText } from '../widgets/line.ts';
import { lookOf } from './condition-look.ts';
import { formatFact, formatHeading, formatIndented } from './fact-lines.ts';
import { formatProbe } from './services-lines.ts';
import { timeOfDay } from './time-of-day.ts';

/** What the Health tab knows of one service. */
export interface HealthFacts {
  readonly view: ServiceView;
  readonly explanation: Explanation | undefined;
  /** Probes that tell about this service. */
  readonly probes: readonly ProbeState[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The service explains itself: what happened, its last words, the likely cause, what to do, then the facts. */
export function formatHealth(facts: HealthFacts, theme: Theme, width: number): readonly Line[] {
  const { view, explanation } = facts;
  return [
    ...headline(facts, theme, width),
    ...section('Last words', explanation?.lastWords.flatMap((text) => formatIndented(text, width)) ?? []),
    ...advice(explanation, width),
    [],
    ...(explanation?.facts.flatMap((fact) => formatFact(fact.label, fact.value, { width })) ?? []),
    ...view.containers.flatMap((container) => containerFacts(container, facts.now, width)),
    ...section('Health checks', lastChecks(view, width)),
    ...section(
      'Probes',
      facts.probes.map((probe) => formatProbe(probe, theme, { width, nameColumns: 12 })),
    ),
  ];
}

function headline(facts: HealthFacts, theme: Theme, width: number): readonly Line[] {
  const look = lookOf(facts.view, theme);
  const text = facts.explanation?.headline ?? facts.view.summary;
  return wrapText(text, Math.max(10, width - 2)).map((row, index) =>
    line(span(index === 0 ? `${look.sign} ` : '  ', look.role), span(row, isWell(facts.view.condition) ? 'plain' : look.role)),
  );
}

function advice(explanation: Explanation | undefined, width: number): readonly Line[] {
  const likely = explanation?.likely ? formatFact('Likely', explanation.likely, { width, role: 'attention' }) : [];
  const next = explanation?.next ? formatFact('Next', explanation.next, { width, role: 'accent' }) : [];
  return likely.length + next.length > 0 ? [[], ...likely, ...next] : [];
}

function section(title: string, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [[], formatHeading(title), ...lines];
}

function containerFacts(container: ContainerState, now: number, width: number): readonly Line[] {
  const since = container.status === 'running' ? container.startedAt : undefined;
  return [
    ...formatFact('Container', `${container.name} ${container.id.slice(0, 12)}`, { width }),
    ...(since ? formatFact('Up', uptime(since, now), { width }) : []),
  ];
}

/** To the minute: seconds would draw a frame each second for a service that is well. */
function uptime(since: string, now: number): string {
  const seconds = (now - Date.parse(since)) / 1000;
  return seconds < 60 ? 'less than a minute' : formatDuration(seconds);
}

/** The newest first; the output of a check that passed is of no interest. */
function lastChecks(view: ServiceView, width: number): readonly Line[] {
  return (view.containers[0]?.healthLog ?? []).toReversed().flatMap((check) => formatCheck(check, width));
}

function formatCheck(check: HealthResult, width: number): readonly Line[] {
  const passed = check.exitCode === 0;
  const head = line(
    '  ',
    span(passed ? 'passed' : `exited ${check.exitCode}`, passed ? 'good' : 'bad'),
    span(`  ${timeOfDay(Date.parse(check.start))}`, 'dim'),
  );
  const output = neutralise(check.output).trim().split('\n').slice(0, 3).join(' ');
  return passed || output === '' ? [head] : [head, ...formatIndented(`  ${output}`, width)];
}
