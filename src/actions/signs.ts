import type { ServiceCondition } from '#session/service.ts';
import type { Paint } from './action.ts';

/** A sign for each condition; never without its word. */
export const SIGNS: Readonly<Record<ServiceCondition, string>> = {
  healthy: '●',
  running: '○',
  starting: '◐',
  waiting: '◐',
  unhealthy: '✖',
  degraded: '▲',
  restarting: '▲',
  paused: '–',
  failed: '✖',
  completed: '●',
  stopped: '–',
  missing: '–',
};

/** How a condition is painted: green is well, yellow wants attention, red is broken, dim is not there. */
export function paintCondition(condition: ServiceCondition, paint: Paint): (text: string) => string {
  switch (condition) {
    case 'healthy':
    case 'running':
    case 'completed':
      return paint.good;
    case 'starting':
    case 'waiting':
    case 'degraded':
    case 'restarting':
      return paint.attention;
    case 'unhealthy':
    case 'failed':
      return paint.bad;
    case 'paused':
    case 'stopped':
    case 'missing':
      return paint.dim;
  }
}
