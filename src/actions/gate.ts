import { createHash } from 'node:crypto';
import type { Clearance, ClearanceRegister } from '#domain/clearance.ts';
import { DevctlError } from '#domain/error.ts';
import { allowFor, type Demand, demandFor, type GateAnswer, type GateFlags, type GateQuestion, isPolicyPlan } from '#domain/gate.ts';
import { type Plan, planFingerprint, type Step } from '#domain/plan.ts';
import type { Protection } from '#domain/protection.ts';
import { isRiskier } from '#domain/risk.ts';

/** SHA-256 of what a plan would do, 16 hex digits; the gate clears this hash and no other. */
export function hashPlan(plan: Plan): string {
  return createHash('sha256').update(planFingerprint(plan)).digest('hex').slice(0, 16);
}

/** The question that a plan meets on a protection. */
export function questionFor(plan: Plan, protection: Protection, unlocked: boolean): GateQuestion {
  const planHash = hashPlan(plan);
  const demand = demandFor(plan, protection, unlocked);
  return { plan, planHash, protection, demand, allow: allowFor(demand, plan.risk, plan, planHash) };
}

/** What stands behind the answer that lets a plan through, or why it does not pass. */
export type Verdict =
  | { readonly pass: true; readonly grantedBy: Clearance['grantedBy']; readonly answer: string; readonly reason: string | undefined }
  | { readonly pass: false; readonly why: string; readonly interrupted: boolean };

/** Judges flags. undefined: they do not decide it, ask. A wrong phrase or hash is a No, never a question. */
export function judgeFlags(question: GateQuestion, flags: GateFlags, ticket: 'valid' | 'unknown'): Verdict | undefined {
  const { demand, plan, planHash } = question;
  if (flags.planHash !== undefined && flags.planHash !== planHash)
    return no('the stack changed since that plan was made, or it was another plan');
  if (demand.kind === 'none') return { pass: true, grantedBy: 'no-risk', answer: 'nothing asked', reason: flags.reason };
  if (demand.kind === 'unlock') return no(`this profile is protected: devctl policy unlock ${plan.identity.profile} --for 10m`);
  if (isPolicyPlan(plan)) return undefined;
  if (needsPhrase(question) && flags.confirm !== undefined && flags.confirm.trim() !== phraseOf(demand, plan)) {
    return no(`"${flags.confirm}" is not the phrase "${phraseOf(demand, plan)}"`);
  }
  if (!areSufficient(question, flags, ticket)) return undefined;
  if (needsReason(demand) && !flags.reason) return no('a reason is needed: --reason "…"');
  return { pass: true, grantedBy: 'flag', answer: flags.planHash ? '--plan' : flags.confirm ? '--confirm' : '--yes', reason: flags.reason };
}

/** Judges what a person said. The phrase is compared here, exactly, trimmed. */
export function judgeAnswer(question: GateQuestion, answer: GateAnswer): Verdict {
  const { demand, plan } = question;
  if (answer.answer === 'no')
    return { pass: false, why: WHY_NO[answer.because ?? 'answered'], interrupted: answer.because === 'interrupted' };
  if (demand.kind === 'yes-no' && answer.answer === 'yes') return { pass: true, grantedBy: 'answer', answer: 'yes', reason: undefined };
  if (demand.kind !== 'type' || answer.answer !== 'phrase') return no('the answer does not fit the question');
  if (answer.phrase?.trim() !== phraseOf(demand, plan)) return no(`"${answer.phrase ?? ''}" is not the phrase "${demand.phrase}"`);
  if (demand.reason && !answer.reason?.trim()) return no('a reason is needed');
  return { pass: true, grantedBy: 'answer', answer: 'phrase typed', reason: answer.reason };
}

/** The clearances of this process. */
export interface Gate extends ClearanceRegister {
  /** Makes the clearance of a plan that passed. */
  grant(plan: Plan, grantedBy: Clearance['grantedBy']): Clearance;
  /** Ends it: no step runs under it any more. */
  revoke(clearance: Clearance): void;
}

/** The only maker of clearances. */
export function createGate(): Gate {
  const live = new Map<Clearance, ReadonlySet<Step>>();
  return {
    grant(plan, grantedBy) {
      const clearance = Object.freeze({ planHash: hashPlan(plan), grantedBy }) as Clearance;
      live.set(clearance, new Set(allSteps(plan.steps)));
      return clearance;
    },
    revoke: (clearance) => void live.delete(clearance),
    holds: (clearance, step) => live.get(clearance)?.has(step) ?? false,
  };
}

/** The refusal as error (exit 3), with the body that `--json` prints. */
export function refusal(question: GateQuestion, why: string, document: Readonly<Record<string, unknown>>): DevctlError {
  const { plan, allow } = question;
  const options = [
    allow ? `To do it all the same: ${plan.commandLine} ${allow}` : undefined,
    plan.safer ? `Safer: ${plan.safer}` : undefined,
    isPolicyPlan(plan) ? 'Only a person can do this, typing at a terminal.' : undefined,
  ];
  return new DevctlError('refused', `${plan.title}: not done, ${why}.`, {
    hint: options.filter(Boolean).join('\n'),
    details: { ...document, refused: true, why, allow: allow ?? null, safer: plan.safer ?? null },
  });
}

function no(why: string): Verdict {
  return { pass: false, why, interrupted: false };
}

const WHY_NO = {
  answered: 'the answer was No',
  timeout: 'nobody answered within 60 s',
  closed: 'the input ended',
  interrupted: 'it was interrupted',
} as const;

function areSufficient(question: GateQuestion, flags: GateFlags, ticket: 'valid' | 'unknown'): boolean {
  if (question.plan.risk === 'irrecoverable') return flags.planHash !== undefined && ticket === 'valid';
  return needsPhrase(question) ? flags.confirm !== undefined : flags.yes;
}

/** `--yes` answers a yes-no question about availability or containers, never one about data. */
function needsPhrase({ plan, demand }: GateQuestion): boolean {
  return demand.kind === 'type' || isRiskier(plan.risk, 'recreates');
}

function phraseOf(demand: Demand, plan: Plan): string {
  return demand.kind === 'type' ? demand.phrase : plan.identity.projectName;
}

function needsReason(demand: Demand): boolean {
  return demand.kind === 'type' && demand.reason;
}

function allSteps(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => [step, ...allSteps(step.onFailure)]);
}
