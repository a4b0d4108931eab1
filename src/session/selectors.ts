import type { ServiceCondition, ServiceView } from './service.ts';
import { selectServices } from './services.ts';
import type { CheckStatus, SessionState } from './state.ts';

export { selectServices } from './services.ts';
export { summarise } from './summary.ts';

export type OverallStatus = 'healthy' | 'degraded' | 'unhealthy' | 'starting' | 'down';

/** The stack in one word, and how many of its services are well. */
export interface OverallHealth {
  readonly status: OverallStatus;
  readonly healthy: number;
  readonly total: number;
}

/** Health of the whole stack: its services and the probes that name none. Orphans and other profiles' services do not count. */
export function overallHealth(state: SessionState): OverallHealth {
  const views = selectServices(state).filter((view) => view.model || state.model.model === undefined);
  const counted = views.filter((view) => !view.model?.provider && view.model?.replicas !== 0);
  const probes = state.profile.health.probes.flatMap((probe) => state.probes[probe.name]?.status ?? []);
  return {
    status: overallStatus(counted, probes),
    healthy: counted.filter((view) => isWell(view.condition)).length,
    total: counted.length,
  };
}

/** Whether nobody needs to look at it. */
export function isWell(condition: ServiceCondition): boolean {
  return condition === 'healthy' || condition === 'running' || condition === 'completed';
}

/** Whether it needs somebody: it explains itself without a key, and its logs are followed. */
export function isFailing(condition: ServiceCondition): boolean {
  return condition === 'failed' || condition === 'unhealthy' || condition === 'restarting';
}

function overallStatus(views: readonly ServiceView[], probes: readonly CheckStatus[]): OverallStatus {
  const has = (...conditions: readonly ServiceCondition[]): boolean => views.some((view) => conditions.includes(view.condition));
  if (views.length > 0 && !views.some((view) => isAlive(view.condition))) return has('failed') ? 'unhealthy' : 'down';
  if (has('failed', 'unhealthy', 'restarting') || probes.includes('unhealthy')) return 'unhealthy';
  if (has('starting', 'waiting') || probes.includes('starting')) return 'starting';
  if (has('degraded', 'paused', 'stopped', 'missing') || probes.includes('degraded')) return 'degraded';
  return views.length === 0 && probes.length === 0 ? 'down' : 'healthy';
}

function isAlive(condition: ServiceCondition): boolean {
  return !['missing', 'stopped', 'completed', 'failed', 'waiting'].includes(condition);
}
