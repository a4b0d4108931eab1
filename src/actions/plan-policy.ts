import type { Effect, Plan } from '#domain/plan.ts';
import type { Risk } from '#domain/risk.ts';
import type { Context } from './context.ts';
import { composeOf } from './observe-stack.ts';
import { buildPlan } from './plan-builder.ts';

/** A change of what the gate asks on this machine. */
export interface PolicyWish {
  readonly action: string;
  readonly title: string;
  readonly verb: string;
  readonly what: string;
  readonly effect: Extract<Effect, { kind: 'policy' | 'approve' }>;
  readonly risk: Risk;
  readonly detail: string;
  readonly commandLine: string;
}

/** Plans it for the context's stack. */
export async function planPolicy(context: Context, wish: PolicyWish): Promise<Plan> {
  const [profile, engine] = await Promise.all([context.profile(), context.engine()]);
  const compose = composeOf(profile);
  const { id, endpoint, context: name } = await engine.identity();
  return buildPlan({
    action: wish.action,
    title: wish.title,
    verb: wish.verb,
    identity: {
      engineId: id,
      endpoint,
      context: name,
      projectName: compose.projectName,
      profile: profile.name,
      projectDirectory: compose.projectDirectory,
      files: compose.files,
      composeProfiles: compose.profiles,
    },
    steps: [{ what: wish.what, why: wish.action, risk: wish.risk, effect: wish.effect }],
    recovery: { how: undefined, detail: wish.detail },
    commandLine: wish.commandLine,
  });
}
