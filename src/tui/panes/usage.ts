import { formatBytes } from '#domain/size.ts';
import type { ServiceView } from '#session/service.ts';
import type { SessionState, StatsState } from '#session/state.ts';

/**
 * What services use of the machine, as texts by service name. Coarse on purpose (whole percents and megabytes, the Stats tab has
 * more), and flat strings, so that a service at rest makes no frames.
 */
export type Usages = Readonly<Record<string, string>>;

export interface Usage {
  readonly cpu: string;
  readonly memory: string;
  /** With the limit, where there is one. */
  readonly memoryOfLimit: string;
}

/** Sums over the replicas; services of which nothing was measured are left out. */
export function usagesOf(views: readonly ServiceView[], stats: SessionState['stats']): Usages {
  return Object.fromEntries(
    views.flatMap((view) => {
      const known = view.containers.flatMap((container) => stats[container.id] ?? []);
      return known.length === 0 ? [] : [[view.name, textOf(known, view.model?.memoryLimit)]];
    }),
  );
}

/** One service's texts. */
export function usageOf(usages: Usages, service: string): Usage | undefined {
  const [cpu, memory, memoryOfLimit] = usages[service]?.split('\t') ?? [];
  return cpu === undefined || memory === undefined || memoryOfLimit === undefined ? undefined : { cpu, memory, memoryOfLimit };
}

function textOf(known: readonly StatsState[], limit: number | undefined): string {
  const cpu = known.reduce((sum, one) => sum + (one.cpuPercent ?? 0), 0);
  const used = megabytes(known.reduce((sum, one) => sum + one.memoryBytes, 0));
  const cpuText = known.some((one) => one.cpuPercent !== undefined) ? `${Math.round(cpu)}%` : '';
  return [cpuText, used, limit ? ofLimit(used, formatBytes(limit * known.length)) : used].join('\t');
}

/** The unit stands once when both have the same. */
function ofLimit(used: string, limit: string): string {
  return used.slice(-2) === limit.slice(-2) ? `${used.slice(0, -3)}/${limit}` : `${used}/${limit}`;
}

function megabytes(bytes: number): string {
  if (bytes >= 1e9) return formatBytes(bytes);
  return bytes < 1e6 ? '<1 MB' : `${Math.round(bytes / 1e6)} MB`;
}
