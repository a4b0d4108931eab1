import * as z from 'zod';
import { type HealthCheck, type HealthDocument, healthDocument } from '#session/health.ts';
import type { Paint, Query } from './action.ts';
import { formatTable, painted } from './format-table.ts';
import { readStack } from './read-stack.ts';

const options = z.object({});

/** Tells the health of every service and runs each probe once. */
export const health: Query<z.infer<typeof options>, HealthDocument> = {
  kind: 'query',
  id: 'stack.health',
  command: 'health',
  title: 'Check health',
  summary: 'health of every service and probe, run now (exit code 4 unless all is well)',
  examples: ['devctl health', 'devctl health --json'],
  options,
  unavailable: () => undefined,
  read: async (context) => healthDocument(await readStack(context, { details: 'all', probes: true })),
  document: ({ overall, checks }) => ({ schema: 1, overall, checks }),
  lines: ({ overall, checks }, paint) => formatHealth(overall, checks, paint),
  exitCode: ({ overall }) => (overall === 'healthy' ? 0 : 4),
};

function formatHealth(overall: HealthDocument['overall'], checks: readonly HealthCheck[], paint: Paint): readonly string[] {
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

function paintStatus(status: HealthCheck['status'], paint: Paint): (text: string) => string {
  if (status === 'healthy') return paint.good;
  if (status === 'unhealthy') return paint.bad;
  return status === 'down' || status === 'unknown' ? paint.dim : paint.attention;
}
