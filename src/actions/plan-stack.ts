import type { Plan } from '#domain/plan.ts';
import type { ObservedStack } from './observe-stack.ts';
import { buildPlan, type DraftPlan } from './plan-builder.ts';

/** Builds a plan for an observed stack; on a foreign stack every step counts as irrecoverable and the reason is told. */
export function planForStack(observed: ObservedStack, draft: Omit<DraftPlan, 'identity'>): Plan {
  const { foreign, identity } = observed;
  if (!foreign) return buildPlan({ ...draft, identity });
  return buildPlan({
    ...draft,
    identity,
    steps: draft.steps.map((step) => ({ ...step, risk: 'irrecoverable' })),
    touchesData: true,
    reasons: [
      `containers of project ${identity.projectName} were made from ${foreign.found}, not from ${foreign.expected}`,
      ...(draft.reasons ?? []),
    ],
    safer: 'give this checkout a project name of its own (compose.projectName in its profile)',
  });
}

/** `shop (dev)` */
export function nameOf(observed: ObservedStack): string {
  return `${observed.identity.projectName} (${observed.identity.profile})`;
}

/** `api`, `api and worker`, `api, worker and 2 more`; `shop (dev)` for all of them. */
export function nameServices(observed: ObservedStack, names: readonly string[]): string {
  if (names.length === 0) return nameOf(observed);
  if (names.length <= 2) return names.join(' and ');
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}
