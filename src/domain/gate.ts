import type { Plan } from './plan.ts';
import type { Protection } from './protection.ts';
import type { Risk } from './risk.ts';

/** What the gate asks for one plan on one protection. */
export type Demand =
  | { readonly kind: 'none'; readonly say: boolean }
  /** `focus` is the button that has the focus at first; never the destructive one. */
  | { readonly kind: 'yes-no'; readonly keep: string }
  | { readonly kind: 'type'; readonly phrase: string; readonly reason: boolean }
  /** Refused until `devctl policy unlock PROFILE --for 10m`. */
  | { readonly kind: 'unlock' };

export interface GateQuestion {
  readonly plan: Plan;
  readonly planHash: string;
  readonly protection: Protection;
  readonly demand: Demand;
  /** The exact flags that would clear it without a terminal; undefined when nothing does. */
  readonly allow: string | undefined;
}

/** What a person said. `phrase` carries what was typed; the gate compares it, not the dialog. */
export interface GateAnswer {
  readonly answer: 'no' | 'yes' | 'phrase';
  readonly phrase?: string | undefined;
  readonly reason?: string | undefined;
  /** Why it is a No: `answered`, `timeout`, `closed` (end of input), `interrupted` (Ctrl-C). */
  readonly because?: 'answered' | 'timeout' | 'closed' | 'interrupted' | undefined;
}

/** Flags that may clear a gate without a question. */
export interface GateFlags {
  readonly yes: boolean;
  readonly confirm: string | undefined;
  readonly planHash: string | undefined;
  readonly reason: string | undefined;
}

/** What is asked; design: the gate, "What is asked", one function per column. */
export function demandFor(plan: Plan, protection: Protection, unlocked: boolean): Demand {
  if (isPolicyPlan(plan)) return { kind: 'type', phrase: fullPhrase(plan), reason: true };
  if (protection === 'open') return demandOnOpen(plan);
  return protection === 'guarded' ? demandOnGuarded(plan) : demandOnProtected(plan, unlocked);
}

function demandOnOpen(plan: Plan): Demand {
  if (plan.risk === 'irrecoverable') return { kind: 'type', phrase: plan.identity.projectName, reason: false };
  if (plan.risk === 'destroys') return { kind: 'yes-no', keep: 'Keep data' };
  return { kind: 'none', say: plan.risk === 'recreates' };
}

function demandOnGuarded(plan: Plan): Demand {
  if (plan.risk === 'irrecoverable') return { kind: 'type', phrase: fullPhrase(plan), reason: false };
  if (plan.risk === 'destroys' && replacesInPlace(plan)) return { kind: 'yes-no', keep: 'Keep data' };
  if (plan.risk === 'destroys') return { kind: 'type', phrase: plan.identity.projectName, reason: false };
  if (plan.risk === 'recreates' && plan.touchesData) return { kind: 'yes-no', keep: 'Leave it' };
  return { kind: 'none', say: plan.risk === 'recreates' };
}

function demandOnProtected(plan: Plan, unlocked: boolean): Demand {
  if (plan.risk === 'irrecoverable' && !unlocked) return { kind: 'unlock' };
  if (plan.risk === 'irrecoverable' || plan.risk === 'destroys') return { kind: 'type', phrase: fullPhrase(plan), reason: true };
  if (plan.risk === 'recreates') return { kind: 'type', phrase: plan.identity.profile, reason: false };
  return plan.risk === 'interrupts' ? { kind: 'yes-no', keep: 'Leave it' } : { kind: 'none', say: false };
}

function fullPhrase(plan: Plan): string {
  return `${plan.identity.projectName}:${plan.identity.profile}`;
}

/** Whether the plan changes what the gate asks: then only a person at a terminal can answer, no flag. */
export function isPolicyPlan(plan: Plan): boolean {
  return plan.steps.some((step) => (step.effect.kind === 'policy' && step.effect.change !== 'lock') || step.effect.kind === 'approve');
}

/** Reset and restore replace data in place with undo ready; removing volumes does not. */
function replacesInPlace(plan: Plan): boolean {
  return plan.recovery.how !== undefined && !plan.steps.some((step) => step.effect.kind === 'remove-volume');
}

/**
 * The flags that clear a demand without a terminal (design: the gate, "No terminal").
 * `irrecoverable` always needs the plan's hash, `destroys` always a phrase, milder cells `--yes`.
 */
export function allowFor(demand: Demand, risk: Risk, plan: Plan, planHash: string): string | undefined {
  if (demand.kind === 'unlock' || isPolicyPlan(plan)) return undefined;
  if (demand.kind === 'none') return '';
  const reason = demand.kind === 'type' && demand.reason ? ' --reason "…"' : '';
  if (risk === 'irrecoverable') return `--plan ${planHash}${reason}`;
  if (risk === 'destroys') return `--confirm ${demand.kind === 'type' ? demand.phrase : plan.identity.projectName}${reason}`;
  return demand.kind === 'type' ? `--confirm ${demand.phrase}` : '--yes';
}
