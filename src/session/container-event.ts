import { HEALTH_ATTRIBUTE } from '#docker/parse-event.ts';
import type { ContainerState, HealthStatus } from '#domain/container.ts';
import type { ContainerEvent } from './event.ts';
import type { SessionState } from './state.ts';

/**
 * What an engine event says by itself, shown at once; the inspect that follows brings the rest.
 * An event of a container that is not known yet changes nothing: its inspect brings it in.
 */
export function applyContainerEvent(state: SessionState, event: ContainerEvent): SessionState {
  const known = state.containers[event.id];
  if (!known) return state;
  const container = after(known, event);
  const stopRequested = isStopRequest(event) ? { ...state.stopRequested, [event.id]: true as const } : state.stopRequested;
  if (container === known && stopRequested === state.stopRequested) return state;
  return { ...state, stopRequested, containers: { ...state.containers, [event.id]: container } };
}

function after(container: ContainerState, event: ContainerEvent): ContainerState {
  switch (event.action) {
    case 'die':
      return { ...container, status: 'exited', health: 'none', exitCode: exitCodeOf(event), finishedAt: timeOf(event) };
    case 'start':
      return { ...container, status: 'running', exitCode: null, oomKilled: false, error: '', startedAt: timeOf(event) };
    case 'oom':
      return { ...container, oomKilled: true };
    case 'pause':
      return { ...container, status: 'paused' };
    case 'unpause':
      return { ...container, status: 'running' };
    case 'rename':
      return { ...container, name: event.name };
    case 'health_status':
      return { ...container, health: healthOf(event) ?? container.health };
    default:
      return container;
  }
}

/** `docker stop` sends the container's stop signal, `docker kill` SIGKILL, and says so before the container dies. */
function isStopRequest(event: ContainerEvent): boolean {
  return event.action === 'stop' || (event.action === 'kill' && ['15', '2', '3'].includes(event.attributes.signal ?? ''));
}

function exitCodeOf(event: ContainerEvent): number | null {
  const code = Number(event.attributes.exitCode);
  return event.attributes.exitCode === undefined || Number.isNaN(code) ? null : code;
}

/** The engine puts the result into the action (`health_status: unhealthy`); the edge hands it on as an attribute. */
function healthOf(event: ContainerEvent): HealthStatus | undefined {
  const said = event.attributes[HEALTH_ATTRIBUTE];
  return said === 'healthy' || said === 'unhealthy' || said === 'starting' ? said : undefined;
}

function timeOf(event: ContainerEvent): string {
  return new Date(Number(event.timeNano.slice(0, -6))).toISOString();
}
