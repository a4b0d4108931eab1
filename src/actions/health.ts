import * as z from 'zod';
import { neutralise } from '#domain/text.ts';
import { culpritOf } from '#session/explain.ts';
import { overallHealth, selectServices } from '#session/selectors.ts';
import type { ServiceCondition, ServiceView } from '#session/service.ts';
import type { ProbeState } from '#session/state.ts';
import type { Paint, Query } from './action.ts';
import { formatTable, painted } from './format-table.ts';
import { readStack } from './read-stack.ts';

const options = z.object({});

interface Check {
  readonly name: string;
  readonly kind: 'container' | 'http' | 'tcp' | 'sql';
  readonly status: 'healthy' | 'degraded' | 'unhealthy' | 'starting' | 'down' | 'unknown';
  readonly latencyMs: number | null;
  /** Neutralised. */
  readonly output: string;
  /** ISO 8601 */
  readonly since: string | null;
  readonly streak: number | null;
}

interface HealthResult {
  readonly overall: 'healthy' | 'degraded' | 'unhealthy' | 'starting' | 'down';
  readonly checks: readonly Check[];
}

/** Tells the health of every service and runs each probe once. */
export const health: Query<z.infer<typeof options>, HealthResult> = {
  kind: 'query',
  id: 'stack.health',
  command: 'health',
  title: 'Check health',
  summary: 'health of every service and probe, run now (exit code 4 unless all is well)',
  examples: ['devctl health', 'devctl health --json'],
  options,
  unavailable: () => undefined,
  read: async (context) => {
    const state = await readStack(context, { details: 'all', probes: true });
    const services = selectServices(state).filter((view) => view.model !== undefined && view.model.replicas !== 0);
    const probes = Object.values(state.probes);
    return { overall: overallHealth(state).status, checks: [...services.map(checkOfService), ...probes.map(checkOfProbe)] };
  },
  document: ({ overall, checks }) => ({ schema: 1, overall, checks }),
  lines: ({ overall, checks }, paint) => formatHealth(overall, checks, paint),
  exitCode: ({ overall }) => (overall === 'healthy' ? 0 : 4),
};

const STATUS: Readonly<Record<ServiceCondition, Check['status']>> = {
  healthy: 'healthy',
  running: 'healthy',
  completed: 'healthy',
  starting: 'starting',
  waiting: 'starting',
  restarting: 'unhealthy',
  unhealthy: 'unhealthy',
  failed: 'unhealthy',
  degraded: 'degraded',
  paused: 'degraded',
  stopped: 'down',
  missing: 'down',
};

function checkOfService(view: ServiceView): Check {
  const container = culpritOf(view);
  const last = container?.healthLog.at(-1);
  return {
    name: view.name,
    kind: 'container',
    status: STATUS[view.condition],
    latencyMs: last ? Math.max(0, Date.parse(last.end) - Date.parse(last.start)) : null,
    output: last ? neutralise(last.output).trim() : view.summary,
    since: (container?.status === 'running' ? container.startedAt : container?.finishedAt) ?? null,
    streak: container && container.health !== 'none' ? container.failingStreak : null,
  };
}

function checkOfProbe({ name, kind, status, latencyMs, output, since, streak }: ProbeState): Check {
  return { name, kind, status, latencyMs: latencyMs ?? null, output, since, streak };
}

function formatHealth(overall: HealthResult['overall'], checks: readonly Check[], paint: Paint): readonly string[] {
  const rows = checks.map((check) => [
    check.name,
    check.kind,
    painted(check.status, paintStatus(check.status, paint)),
    check.latencyMs === null ? '' : `${check.latencyMs} ms`,
    check.output.split('\n')[0]?.slice(0, 100) ?? '',
  ]);
  const head = ['NAME', 'KIND', 'STATUS', 'TIME', ''].map((text) => painted(text, paint.dim));
  return [...formatTable([head, ...rows]), '', `Overall: ${paintStatus(overall, paint)(overall)}`];
}

function paintStatus(status: Check['status'], paint: Paint): (text: string) => string {
  if (status === 'healthy') return paint.good;
  if (status === 'unhealthy') return paint.bad;
  return status === 'down' || status === 'unknown' ? paint.dim : paint.attention;
}
