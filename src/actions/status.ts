import * as z from 'zod';
import type { Protection } from '#domain/protection.ts';
import { explain } from '#session/explain.ts';
import { isFailing, isWell, type OverallHealth, overallHealth, selectServices, summarise } from '#session/selectors.ts';
import type { Explanation, ServiceView } from '#session/service.ts';
import type { ProbeState, SessionState } from '#session/state.ts';
import type { Paint, Query } from './action.ts';
import type { Context } from './context.ts';
import { lastLines } from './culprits.ts';
import { formatTable, painted } from './format-table.ts';
import { readStack } from './read-stack.ts';
import { findUnfinished } from './recover.ts';
import { paintCondition, SIGNS } from './signs.ts';

const options = z.object({
  short: z.boolean().default(false).meta({ description: 'one line, without running probes' }),
});

interface StatusResult {
  readonly state: SessionState;
  readonly protection: Protection;
  readonly overall: OverallHealth;
  readonly services: readonly { readonly view: ServiceView; readonly explanation: Explanation | undefined }[];
  /** Titles of actions that a dead devctl left open. */
  readonly unfinished: readonly string[];
  readonly short: boolean;
  readonly now: number;
}

/** Shows how the stack is, and explains every service that is not well. */
export const status: Query<z.infer<typeof options>, StatusResult> = {
  kind: 'query',
  id: 'stack.status',
  command: 'status',
  title: 'Show how the stack is',
  summary: 'how the stack is, and why a service is not well (exit code 4 unless all is well)',
  examples: ['devctl status', 'devctl status --short'],
  options,
  unavailable: () => undefined,
  read: async (context, { short }) => {
    const state = await readStack(context, { details: 'troubled', probes: !short });
    const hasStack = state.profile.compose !== undefined;
    const protection = hasStack ? await context.protection() : state.protection;
    const views = selectServices(state);
    const services = await Promise.all(
      views.map(async (view) => ({ view, explanation: short ? undefined : await explainView(context, state, view) })),
    );
    const unfinished = hasStack ? (await findUnfinished(context, await context.state())).map((entry) => entry.title) : [];
    return { state, protection, overall: overallHealth(state), services, unfinished, short, now: context.edges.clock.now() };
  },
  document: statusDocument,
  lines: (result, paint) => (result.short ? [formatShort(result, paint)] : formatStatus(result, paint)),
  exitCode: ({ overall }) => (overall.status === 'healthy' ? 0 : 4),
};

const LAST_WORDS = 20;

/** Only what is not well is explained; a service that was never started needs no words. */
async function explainView(context: Context, state: SessionState, view: ServiceView): Promise<Explanation | undefined> {
  if (isWell(view.condition) || view.condition === 'missing' || view.condition === 'stopped') return undefined;
  const engine = await context.engine();
  const lines = view.containers.length === 0 ? [] : await lastLines(engine, (await context.inputs()).projectName, view.name, LAST_WORDS);
  return explain(view, { state, lines, now: context.edges.clock.now() });
}

function statusDocument({ state, protection, overall, services, unfinished }: StatusResult) {
  return {
    schema: 1,
    project: state.project.name,
    profile: state.profile.name,
    protection,
    overall: overall.status,
    healthy: overall.healthy,
    total: overall.total,
    services: services.map(({ view, explanation }) => ({
      service: view.name,
      condition: view.condition,
      summary: view.summary,
      waitsFor: view.waitsFor,
      orphan: view.orphan,
      explanation: explanation ? { ...explanation, likely: explanation.likely ?? null, next: explanation.next ?? null } : null,
    })),
    probes: Object.values(state.probes).map(({ name, kind, status, latencyMs, output }) => ({
      name,
      kind,
      status,
      latencyMs: latencyMs ?? null,
      output,
    })),
    unfinished,
    foreign: state.foreign ?? null,
  };
}

function formatShort({ state, protection, overall }: StatusResult, paint: Paint): string {
  return `${state.project.name} ${state.profile.name} ${protection} ${paintOverall(overall, paint)}`;
}

function formatStatus(result: StatusResult, paint: Paint): readonly string[] {
  const { state, protection, overall, services, unfinished, now } = result;
  const engine =
    state.connection.status === 'connected' ? paint.dim(`  ${state.connection.context} · ${state.connection.engineVersion}`) : '';
  const rows = services.map(({ view }) => [
    `  ${view.name}`,
    painted(`${SIGNS[view.condition]} ${view.condition}`, paintCondition(view.condition, paint)),
    summarise(view, now) === view.condition ? '' : summarise(view, now),
  ]);
  return [
    `${paint.strong(state.project.name)} ▸ ${paint.strong(state.profile.name)}  ${protection}${engine}   ${paintOverall(overall, paint)}`,
    ...formatForeign(state.foreign, paint),
    ...formatTable(rows),
    ...formatProbes(Object.values(state.probes), paint),
    ...services.flatMap(({ view, explanation }) => (explanation ? formatExplanation(view, explanation, paint) : [])),
    ...unfinished.flatMap((title) => [
      '',
      `${paint.attention('!')} "${title}" was cut off; the next changing command finishes or rolls it back.`,
    ]),
    ...(overall.status === 'down' && overall.total > 0 ? ['', `Nothing runs. To start it: ${paint.accent('devctl up')}`] : []),
  ];
}

function formatForeign(foreign: SessionState['foreign'], paint: Paint): readonly string[] {
  if (!foreign) return [];
  return [
    `${paint.attention('!')} Foreign stack: it was started from ${foreign.found}, not ${foreign.expected}; changes ask more than usual.`,
  ];
}

function formatProbes(probes: readonly ProbeState[], paint: Paint): readonly string[] {
  const rows = probes.map((probe) => [
    `  ${probe.name}`,
    painted(probe.status, probe.status === 'healthy' ? paint.good : probe.status === 'unhealthy' ? paint.bad : paint.attention),
    probe.latencyMs === undefined ? '' : `${probe.latencyMs} ms`,
    probe.status === 'healthy' ? '' : probe.output,
  ]);
  return rows.length === 0 ? [] : ['', paint.dim('Probes'), ...formatTable(rows)];
}

/** In the order in which a person would ask: what, last words, why, facts, what to do. */
function formatExplanation(view: ServiceView, explanation: Explanation, paint: Paint): readonly string[] {
  const mark = isFailing(view.condition) ? paint.bad('✖') : paint.attention('◐');
  const label = (text: string): string => `  ${paint.dim(text.padEnd(9))} `;
  return [
    '',
    `${mark} ${paint.strong(view.name)}  ${explanation.headline}`,
    ...explanation.lastWords.map((line, index) => `${label(index === 0 ? 'Last' : '')}${line}`),
    ...(explanation.likely ? [`${label('Likely')}${explanation.likely}`] : []),
    ...explanation.facts.flatMap((fact) => fact.value.split('\n').map((line, index) => `${label(index === 0 ? fact.label : '')}${line}`)),
    ...(explanation.next ? [`${label('Next')}${paint.accent(explanation.next)}`] : []),
  ];
}

function paintOverall({ status, healthy, total }: OverallHealth, paint: Paint): string {
  if (status === 'down') return paint.dim(total > 0 ? `down (${total} ${total === 1 ? 'service' : 'services'})` : 'down');
  const text = `${healthy}/${total} healthy`;
  if (status === 'healthy') return paint.good(text);
  return status === 'unhealthy' ? paint.bad(`${text}, ${status}`) : paint.attention(`${text}, ${status}`);
}
