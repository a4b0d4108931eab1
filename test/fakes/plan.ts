import type { Effect, Plan, Step } from '#domain/plan.ts';
import type { Risk } from '#domain/risk.ts';

interface StepDraft {
  readonly effect: Effect;
  readonly risk?: Risk;
}

/** A plan of profile dev of project shop, with a few fields of one's own. */
export function aPlan(draft: Omit<Partial<Plan>, 'steps'> & { readonly steps?: readonly StepDraft[] }): Plan {
  const steps = (draft.steps ?? []).map(
    (step, index): Step => ({
      id: index + 1,
      what: step.effect.kind,
      why: 'test',
      after: [],
      risk: step.risk ?? 'none',
      effect: step.effect,
      onFailure: [],
    }),
  );
  return {
    action: 'stack.test',
    title: 'Test shop (dev)',
    verb: 'Test',
    identity: {
      engineId: 'engine-1',
      endpoint: 'unix:///var/run/docker.sock',
      context: 'default',
      projectName: 'shop',
      profile: 'dev',
      projectDirectory: '/shop',
      files: ['/shop/compose.yaml'],
      composeProfiles: [],
    },
    risk: 'none',
    reasons: [],
    losses: [],
    keeps: [],
    recovery: { how: undefined, detail: '' },
    safer: undefined,
    touchesData: false,
    commandLine: 'devctl test',
    ...draft,
    steps,
  };
}
