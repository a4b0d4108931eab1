import type { GateQuestion } from '#domain/gate.ts';
import type { StackIdentity } from '#domain/identity.ts';
import type { Kept, Loss, Step } from '#domain/plan.ts';
import type { Protection } from '#domain/protection.ts';
import type { Risk } from '#domain/risk.ts';

/** Minutes that a shown plan may be used with `--plan`. */
export const PLAN_MINUTES = 10;

/** The plan as `--json` prints it (design: command line, JSON shapes). */
export interface PlanDocument {
  readonly schema: 1;
  readonly action: string;
  readonly title: string;
  readonly identity: StackIdentity;
  readonly protection: Protection;
  readonly risk: Risk;
  readonly reasons: readonly string[];
  readonly steps: readonly Pick<Step, 'id' | 'what' | 'why' | 'after' | 'risk'>[];
  readonly losses: readonly (Omit<Loss, 'bytes' | 'checkpoint'> & { readonly bytes: number | null; readonly checkpoint: string | null })[];
  readonly keeps: readonly Kept[];
  readonly recovery: { readonly how: string | null; readonly detail: string; readonly checkpoint: null };
  readonly gate: { readonly answer: 'none' | 'yes' | 'type' | 'unlock'; readonly phrase: string | null; readonly allow: string | null };
  readonly command: string;
  readonly safer: string | null;
  readonly hash: string;
  /** ISO 8601 */
  readonly expires: string;
  readonly [further: string]: unknown;
}

/** Whether some fields (e.g. of a refusal) are a plan's. */
export function isPlanDocument(fields: Readonly<Record<string, unknown>> | undefined): fields is PlanDocument {
  return fields !== undefined && Array.isArray(fields.steps) && Array.isArray(fields.losses) && typeof fields.hash === 'string';
}

/** What is shown of a question. `now` in milliseconds. */
export function planDocument(question: GateQuestion, now: number): PlanDocument {
  const { plan, demand, allow, planHash, protection } = question;
  return {
    schema: 1,
    action: plan.action,
    title: plan.title,
    identity: plan.identity,
    protection,
    risk: plan.risk,
    reasons: plan.reasons,
    steps: plan.steps.map(({ id, what, why, after, risk }) => ({ id, what, why, after, risk })),
    losses: plan.losses.map((loss) => ({ ...loss, bytes: loss.bytes ?? null, checkpoint: loss.checkpoint ?? null })),
    keeps: plan.keeps,
    recovery: { how: plan.recovery.how ?? null, detail: plan.recovery.detail, checkpoint: null },
    gate: { answer: GATE_WORDS[demand.kind], phrase: demand.kind === 'type' ? demand.phrase : null, allow: allow ?? null },
    command: plan.commandLine,
    safer: plan.safer ?? null,
    hash: planHash,
    expires: new Date(now + PLAN_MINUTES * 60_000).toISOString(),
  };
}

const GATE_WORDS = { none: 'none', 'yes-no': 'yes', type: 'type', unlock: 'unlock' } as const;
