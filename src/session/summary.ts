import { type ContainerState, gistOfStartError } from '#domain/container.ts';
import { formatDuration } from '#domain/duration.ts';
import { neutralise } from '#domain/text.ts';
import type { ServiceParts } from './condition.ts';
import type { ServiceCondition, ServiceView, WaitsFor } from './service.ts';

/** One line that says how a service is, without relative times. */
export function summaryOf(parts: ServiceParts, condition: ServiceCondition, waitsFor: readonly WaitsFor[]): string {
  if (parts.model?.provider) return 'runs outside Docker (provider)';
  if (condition === 'missing') return 'no container';
  if (condition === 'waiting') return `waits for ${waitsFor.map((one) => `${one.service} (${one.until})`).join(', ')}`;
  const culprit = parts.containers.find((one) => isCulprit(one, condition)) ?? parts.containers[0];
  const sentence = [stateOf(culprit, condition), restartsOf(culprit), probesOf(parts, condition)].filter((part) => part !== '').join(', ');
  return `${sentence}${replicasOf(parts)}`;
}

/** The summary with how long ago it ended; `now` in milliseconds since 1970. */
export function summarise(view: ServiceView, now: number): string {
  const ended = view.containers.find((one) => one.status === 'exited' || one.status === 'restarting');
  const hasEnded = ended?.finishedAt !== undefined && ['failed', 'completed', 'stopped', 'restarting'].includes(view.condition);
  if (!hasEnded) return view.summary;
  const [first = '', ...rest] = view.summary.split(', ');
  return [first, ago(ended.finishedAt, now), ...rest].join(', ');
}

/** `2 min ago`, `just now`. */
function ago(at: string, now: number): string {
  const seconds = (now - Date.parse(at)) / 1000;
  return seconds < 1 ? 'just now' : `${formatDuration(seconds)} ago`;
}

function isCulprit(container: ContainerState, condition: ServiceCondition): boolean {
  switch (condition) {
    case 'failed':
      return container.error !== '' || (container.exitCode ?? 0) !== 0 || container.status === 'dead';
    case 'unhealthy':
    case 'starting':
    case 'healthy':
      return container.health === condition;
    case 'stopped':
    case 'completed':
      return container.status === 'exited' || container.status === 'created';
    default:
      return container.status === condition;
  }
}

function stateOf(container: ContainerState | undefined, condition: ServiceCondition): string {
  if (!container) return condition;
  switch (container.status) {
    case 'created':
      return container.error === '' ? 'created, not started' : `cannot start: ${neutralise(gistOfStartError(container.error))}`;
    case 'exited':
    case 'restarting':
    case 'dead':
      return exitedAs(container);
    case 'paused':
      return 'paused';
    case 'removing':
      return 'being removed';
    case 'running':
      return container.health === 'unhealthy' && container.failingStreak > 0
        ? `unhealthy, ${container.failingStreak} failed ${container.failingStreak === 1 ? 'check' : 'checks'} in a row`
        : condition;
  }
}

function exitedAs(container: ContainerState): string {
  if (container.error !== '') return `cannot start: ${neutralise(gistOfStartError(container.error))}`;
  if (container.oomKilled) return 'killed for its memory';
  return container.exitCode === null ? 'stopped' : `exited ${container.exitCode}`;
}

function restartsOf(container: ContainerState | undefined): string {
  const count = container?.restartCount ?? 0;
  return count === 0 ? '' : `restarted ${count === 1 ? 'once' : `${count} times`}`;
}

function probesOf(parts: ServiceParts, condition: ServiceCondition): string {
  if (condition !== 'unhealthy' && condition !== 'degraded') return '';
  const failing = parts.probes.find((probe) => probe.status === condition);
  return failing ? `probe ${failing.name}: ${failing.output}` : '';
}

function replicasOf(parts: ServiceParts): string {
  const expected = Math.max(parts.model?.replicas ?? 1, parts.containers.length);
  if (expected < 2) return '';
  const running = parts.containers.filter((one) => one.status === 'running').length;
  return ` (${running} of ${expected} run)`;
}
