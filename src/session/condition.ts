import type { ContainerState } from '#domain/container.ts';
import { hasJobShape, type ServiceModel } from '#domain/model.ts';
import type { ServiceCondition } from './service.ts';
import type { ProbeState, SessionState } from './state.ts';

/** Everything that decides how one service is. */
export interface ServiceParts {
  readonly model: ServiceModel | undefined;
  /** Replicas by number. */
  readonly containers: readonly ContainerState[];
  /** States of the probes that name this service. */
  readonly probes: readonly ProbeState[];
  /** Another service waits for its completion. */
  readonly isJob: boolean;
  /** Whether anything of the stack runs. */
  readonly isAnyRunning: boolean;
  readonly stopRequested: SessionState['stopRequested'];
}

/** The one word for a service: the worst of its replicas, then what probes and missing replicas add. */
export function conditionOf(parts: ServiceParts, isWaiting: boolean): ServiceCondition {
  if (parts.model?.provider) return 'running';
  const conditions = parts.containers.map((container) => containerCondition(container, parts, isWaiting));
  const worst = conditions.reduce<ServiceCondition>((a, b) => (BADNESS[b] > BADNESS[a] ? b : a), conditions[0] ?? 'missing');
  if (worst !== 'healthy' && worst !== 'running') return worst;
  const probes = parts.probes.map((probe) => probe.status);
  if (probes.includes('unhealthy')) return 'unhealthy';
  if (probes.includes('starting')) return 'starting';
  return probes.includes('degraded') || isShortOfReplicas(parts) ? 'degraded' : worst;
}

// How much a condition of one replica outweighs that of another.
const BADNESS: Readonly<Record<ServiceCondition, number>> = {
  running: 0,
  healthy: 1,
  completed: 2,
  missing: 3,
  stopped: 4,
  paused: 5,
  waiting: 6,
  starting: 7,
  degraded: 8,
  restarting: 9,
  unhealthy: 10,
  failed: 11,
};

/** The one word for a container. */
function containerCondition(container: ContainerState, parts: ServiceParts, isWaiting: boolean): ServiceCondition {
  switch (container.status) {
    case 'running':
      return container.health === 'none' ? 'running' : container.health;
    case 'created':
      if (container.error !== '') return 'failed';
      return isWaiting ? 'waiting' : 'stopped';
    case 'restarting':
      return container.restartCount >= LOOP_FROM ? 'failed' : 'restarting';
    case 'exited':
      return exitedCondition(container, parts);
    case 'paused':
      return 'paused';
    case 'dead':
      return 'failed';
    case 'removing':
      return 'stopped';
  }
}

// The engine restarts at once the first time; from the second on it is a loop.
const LOOP_FROM = 2;

function exitedCondition(container: ContainerState, parts: ServiceParts): ServiceCondition {
  if (container.error !== '') return 'failed';
  if (container.exitCode === 0) return hasCompleted(container, parts) ? 'completed' : 'stopped';
  if (container.exitCode === null) return 'stopped';
  if (parts.isJob && !parts.stopRequested[container.id]) return 'failed';
  return wasAskedToStop(container, parts) ? 'stopped' : 'failed';
}

/** A job that others wait for; or what looks like one and ended by itself, while the rest of the stack goes on. */
function hasCompleted(container: ContainerState, { isJob, isAnyRunning, model, stopRequested }: ServiceParts): boolean {
  return isJob || (isAnyRunning && !stopRequested[container.id] && model !== undefined && hasJobShape(model));
}

/**
 * Whether an exit with an error code was somebody's wish. The engine does not tell, but it restarts what it should,
 * so that an exited `always` or `unless-stopped` container was stopped; a stack of which nothing runs was stopped as well.
 */
function wasAskedToStop(container: ContainerState, parts: ServiceParts): boolean {
  if (container.oomKilled) return false;
  if (parts.stopRequested[container.id]) return true;
  if (container.exitCode === 143 || container.exitCode === 130) return true;
  if (container.restartPolicy === 'always' || container.restartPolicy === 'unless-stopped') return true;
  return container.exitCode === 137 && !parts.isAnyRunning;
}

function isShortOfReplicas(parts: ServiceParts): boolean {
  return parts.model !== undefined && parts.containers.length < parts.model.replicas;
}
