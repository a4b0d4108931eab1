import * as z from 'zod';
import type { StatsSample } from '#docker/engine.ts';
import type { ContainerState } from '#domain/container.ts';
import type { StackIdentity } from '#domain/identity.ts';
import { formatBytes } from '#domain/size.ts';
import { selectServices, summarise } from '#session/selectors.ts';
import type { ServiceView } from '#session/service.ts';
import type { Drift } from '#session/state.ts';
import { cpuPercent } from '#session/watchers/stats.ts';
import type { Paint, Query } from './action.ts';
import { unavailableWithoutEngine } from './availability.ts';
import type { Context } from './context.ts';
import { formatTable, painted } from './format-table.ts';
import { readDrift } from './read-drift.ts';
import { readStack } from './read-stack.ts';
import { selectNamed } from './select-named.ts';
import { servicesOption } from './services-option.ts';
import { paintCondition, SIGNS } from './signs.ts';
import { readIdentity } from './stack-identity.ts';

const options = z.object({
  services: servicesOption,
  stats: z.boolean().default(false).meta({ description: 'CPU and memory too (takes half a second)' }),
  drift: z.boolean().default(false).meta({ description: 'whether definitions changed since (asks compose)' }),
});

interface PsRow {
  readonly service: string;
  readonly view: ServiceView;
  readonly container: ContainerState | undefined;
  readonly usage: { readonly cpuPercent: number | undefined; readonly memoryBytes: number } | undefined;
}

interface PsResult {
  readonly identity: StackIdentity;
  readonly rows: readonly PsRow[];
  readonly drift: ReadonlyMap<string, Drift>;
  readonly withStats: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Lists the services and their containers. */
export const ps: Query<z.infer<typeof options>, PsResult> = {
  kind: 'query',
  id: 'stack.ps',
  command: 'ps',
  title: 'List services',
  summary: 'list services and their containers',
  examples: ['devctl ps', 'devctl ps --stats', 'devctl ps --json | jq .services'],
  options,
  unavailable: unavailableWithoutEngine,
  read: async (context, wish) => {
    const [state, identity] = await Promise.all([readStack(context, { details: 'all', probes: false }), readIdentity(context)]);
    const views = selectNamed(selectServices(state), wish.services);
    const containers = views.flatMap((view) => view.containers);
    const [usage, drift] = await Promise.all([
      wish.stats ? readUsage(context, containers) : new Map(),
      readDrift(context, views, wish.drift),
    ]);
    const rows = views.flatMap((view) => rowsOf(view, usage));
    return { identity, rows, drift, withStats: wish.stats, now: context.edges.clock.now() };
  },
  document: ({ identity, rows, drift }) => ({ schema: 1, identity, services: rows.map((row) => rowDocument(row, drift)) }),
  lines: formatRows,
};

const BETWEEN_SAMPLES_MS = 500;

/** CPU use needs two samples. */
async function readUsage(context: Context, containers: readonly ContainerState[]): Promise<ReadonlyMap<string, PsRow['usage']>> {
  const engine = await context.engine();
  const running = containers.filter((one) => one.status === 'running');
  const sample = (): Promise<readonly (StatsSample | undefined)[]> => Promise.all(running.map((one) => engine.stats(one.id)));
  const before = await sample();
  await context.edges.clock.sleep(BETWEEN_SAMPLES_MS);
  const after = await sample();
  return new Map(running.map((one, index) => [one.id, usageOf(before[index], after[index])]));
}

function usageOf(before: StatsSample | undefined, after: StatsSample | undefined): PsRow['usage'] {
  return after && { cpuPercent: before && cpuPercent(before, after), memoryBytes: after.memoryBytes };
}

function rowsOf(view: ServiceView, usage: ReadonlyMap<string, PsRow['usage']>): readonly PsRow[] {
  const row = (container: ContainerState | undefined): PsRow => ({
    service: view.name,
    view,
    container,
    usage: usage.get(container?.id ?? ''),
  });
  return view.containers.length === 0 ? [row(undefined)] : view.containers.map(row);
}

function rowDocument({ service, view, container, usage }: PsRow, drift: PsResult['drift']) {
  return {
    service,
    container: container?.name ?? null,
    id: container?.id ?? null,
    state: container?.status ?? 'missing',
    health: container?.health ?? 'none',
    exitCode: container?.exitCode ?? null,
    startedAt: container?.startedAt ?? null,
    ports: (container?.ports ?? []).map((port) => ({
      host: `${hostOf(port.hostIp)}:${port.hostPort}`,
      container: `${port.containerPort}/${port.protocol}`,
    })),
    cpu: usage?.cpuPercent === undefined ? null : Math.round(usage.cpuPercent * 10) / 10,
    memory: usage?.memoryBytes ?? null,
    waitsFor: view.waitsFor.map((one) => one.service),
    drift: drift.get(service) ?? 'unknown',
    condition: view.condition,
  };
}

function hostOf(ip: string): string {
  if (ip === '') return '0.0.0.0';
  return ip.includes(':') ? `[${ip}]` : ip;
}

function formatRows({ rows, withStats, drift, now }: PsResult, paint: Paint): readonly string[] {
  if (rows.length === 0) return ['No services.'];
  const usage = (row: PsRow): readonly string[] => [
    row.usage?.cpuPercent === undefined ? '' : `${row.usage.cpuPercent.toFixed(1)} %`,
    row.usage ? formatBytes(row.usage.memoryBytes) : '',
  ];
  const cells = rows.map((row) => [
    row.container?.name ?? row.service,
    painted(`${SIGNS[row.view.condition]} ${row.view.condition}`, paintCondition(row.view.condition, paint)),
    ...(withStats ? usage(row) : []),
    portsOf(row.container),
    remarksOf(row, drift, now),
  ]);
  const head = ['NAME', 'STATE', ...(withStats ? ['CPU', 'MEMORY'] : []), 'PORTS', ''].map((text) => painted(text, paint.dim));
  return formatTable([head, ...cells]);
}

const DRIFT_WORDS: Readonly<Record<Drift, string>> = {
  none: '',
  unknown: '',
  image: 'image changed since',
  config: 'definition changed since',
  files: 'made from other files',
};

function remarksOf({ view, service }: PsRow, drift: PsResult['drift'], now: number): string {
  const summary = summarise(view, now);
  return [summary === view.condition ? '' : summary, DRIFT_WORDS[drift.get(service) ?? 'none']].filter((text) => text !== '').join(', ');
}

/** Each published port once, though the engine lists it for IPv4 and IPv6. */
function portsOf(container: ContainerState | undefined): string {
  const ports = (container?.ports ?? []).map(({ hostIp, hostPort, containerPort }) => {
    const host = hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::' ? '' : `${hostOf(hostIp)}:`;
    return hostPort === containerPort ? `${host}${hostPort}` : `${host}${hostPort}→${containerPort}`;
  });
  return [...new Set(ports)].join(' ');
}
