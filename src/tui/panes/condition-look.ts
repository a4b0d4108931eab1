import type { ServiceCondition, ServiceView } from '#session/service.ts';
import type { CheckStatus } from '#session/state.ts';
import type { Role, Signs, Theme } from '../theme.ts';

/** How a state looks: a sign, a word and a role; never colour alone. */
export interface ConditionLook {
  readonly sign: string;
  readonly word: string;
  readonly role: Role;
}

/** Sign and words of a service's condition, short enough for a list. */
export function lookOf(view: ServiceView, theme: Theme): ConditionLook {
  const [sign, role] = LOOKS[view.condition];
  return { sign: theme.signs[sign] as string, role, word: wordFor(view) };
}

/** Sign and role of a check's status. */
export function lookOfCheck(status: CheckStatus, theme: Theme): ConditionLook {
  const [sign, role] = CHECK_LOOKS[status];
  return { sign: theme.signs[sign] as string, role, word: status };
}

/** The first part of the summary says it best for what is not well: `exited 1`, `waits for api`. */
function wordFor(view: ServiceView): string {
  switch (view.condition) {
    case 'failed':
    case 'restarting':
      return view.summary.split(/[,(:]/)[0]?.trim() ?? view.condition;
    case 'waiting':
      return `waits for ${view.waitsFor.map((one) => one.service).join(', ')}`;
    case 'completed':
      return 'done';
    case 'missing':
      return view.model?.provider ? 'provider' : 'not there';
    default:
      return view.condition;
  }
}

const LOOKS: Readonly<Record<ServiceCondition, readonly [keyof Signs, Role]>> = {
  healthy: ['good', 'good'],
  running: ['running', 'good'],
  starting: ['busy', 'attention'],
  waiting: ['busy', 'attention'],
  restarting: ['busy', 'bad'],
  unhealthy: ['failed', 'bad'],
  degraded: ['degraded', 'attention'],
  failed: ['failed', 'bad'],
  paused: ['degraded', 'attention'],
  completed: ['done', 'dim'],
  stopped: ['absent', 'dim'],
  missing: ['absent', 'dim'],
};

const CHECK_LOOKS: Readonly<Record<CheckStatus, readonly [keyof Signs, Role]>> = {
  healthy: ['good', 'good'],
  degraded: ['degraded', 'attention'],
  unhealthy: ['failed', 'bad'],
  starting: ['busy', 'attention'],
  unknown: ['absent', 'dim'],
};
