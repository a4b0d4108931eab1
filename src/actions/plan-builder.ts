import type { StackIdentity } from '#domain/identity.ts';
import { type Effect, type Kept, type Loss, type Plan, type Recovery, riskOfSteps, type Step } from '#domain/plan.ts';
import type { Risk } from '#domain/risk.ts';

/** A step before it has its number. */
export interface DraftStep {
  readonly what: string;
  readonly why: string;
  readonly risk: Risk;
  readonly effect: Effect;
  readonly onFailure?: readonly DraftStep[];
}

/** A plan before its risk is known. */
export interface DraftPlan {
  readonly action: string;
  readonly title: string;
  readonly verb: string;
  readonly identity: StackIdentity;
  readonly steps: readonly DraftStep[];
  readonly reasons?: readonly string[];
  readonly losses?: readonly Loss[];
  readonly keeps?: readonly Kept[];
  readonly recovery: Recovery;
  readonly safer?: string;
  readonly touchesData?: boolean;
  readonly commandLine: string;
}

/** Numbers the steps (each after the one before) and derives the risk from them. */
export function buildPlan(draft: DraftPlan): Plan {
  const steps = draft.steps.map((step, index) => numberStep(step, index + 1));
  return {
    ...draft,
    steps,
    risk: riskOfSteps(steps),
    reasons: draft.reasons ?? [],
    losses: draft.losses ?? [],
    keeps: draft.keeps ?? [],
    safer: draft.safer,
    touchesData: draft.touchesData ?? false,
  };
}

function numberStep(step: DraftStep, id: number): Step {
  const onFailure = (step.onFailure ?? []).map((undo, index) => numberStep(undo, id * 1000 + index));
  return { ...step, id, after: id > 1 && id < 1000 ? [id - 1] : [], onFailure };
}
