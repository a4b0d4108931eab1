import { ulid } from 'ulid';
import { asDevctlError, DevctlError } from '#domain/error.ts';
import type { ActionListener } from '#domain/event.ts';
import type { GateAnswer, GateFlags, GateQuestion } from '#domain/gate.ts';
import { isPolicyPlan } from '#domain/gate.ts';
import type { Outcome } from '#domain/journal.ts';
import type { Plan } from '#domain/plan.ts';
import { isRiskier } from '#domain/risk.ts';
import { isoNow } from '#system/clock.ts';
import type { HeldLock } from '#system/locks.ts';
import type { Change } from './action.ts';
import { detectActor } from './actor.ts';
import { beginLine } from './begin-line.ts';
import type { Context, StackState } from './context.ts';
import { executePlan } from './execute.ts';
import { type Gate, judgeAnswer, judgeFlags, questionFor, refusal, type Verdict } from './gate.ts';
import { planDocument } from './plan-document.ts';
import { rememberHighest } from './protection.ts';
import { findUnfinished, recoverUnfinished } from './recover.ts';

/** How one change is to be run. */
export interface ChangeRun {
  readonly flags: GateFlags;
  /** undefined: there is no terminal, nothing is ever asked. */
  readonly ask: ((question: GateQuestion) => Promise<GateAnswer>) | undefined;
  readonly listener: ActionListener;
  readonly argv: readonly string[];
  /** Ends the change cleanly (Ctrl-C). */
  readonly signal: AbortSignal;
  /** The register that the adapters ask; the same for the whole process. */
  readonly gate: Gate;
}

/** How often a stack that changes under the question is shown again before devctl gives up. */
const LOOKS = 3;
const LOCK_PATIENCE_MS = 2000;

/**
 * The one way in which the world is changed: recover → plan → gate → execute → journal.
 * Throws `refused` when the gate does not let it through, and whatever a step failed with.
 */
export async function runChange<O>(change: Change<O>, chosen: Context, options: O, run: ChangeRun): Promise<{ readonly exitCode: number }> {
  const context = change.scope ? await change.scope(chosen, options) : chosen;
  context.readAhead();
  const state = await context.state();
  await recoverFirst(context, state, run);
  for (const required of (await change.before?.(context)) ?? []) await runChange(change, required, options, run);
  for (let look = 1; look <= LOOKS; look++) {
    const question = await ask(change, context, options, state);
    await rememberHighest(context.edges, state.key, question.protection);
    const verdict = await judge(question, context, state, run);
    if (!verdict.pass) return await refuse(question, verdict, context, state, run);
    const result = await runCleared({ change, context, options, state, run, question, verdict });
    if (result) return result;
    run.listener({ event: 'warning', message: 'The stack changed since you looked; here is the new plan.' });
  }
  throw new DevctlError('refused', 'The stack changed since you looked, again and again. Nothing was done.', {
    hint: 'Wait until nobody else works on it.',
  });
}

/** Plans and poses the gate's question; also what `devctl plan` shows. */
export async function ask<O>(change: Change<O>, context: Context, options: O, state: StackState): Promise<GateQuestion> {
  const plan = await change.plan(context, options);
  const protection = await context.protection();
  const unlocked = (await state.unlocks.until(plan.identity.profile)) !== undefined;
  return questionFor(plan, protection, unlocked);
}

async function judge(question: GateQuestion, context: Context, state: StackState, run: ChangeRun): Promise<Verdict> {
  const { planHash } = run.flags;
  const ticket = planHash !== undefined && (await state.tickets.isValid(planHash)) ? 'valid' : 'unknown';
  const agent = await agentRefusal(question, context, state);
  if (agent) return agent;
  const byFlags = judgeFlags(question, run.flags, ticket);
  if (byFlags) return byFlags;
  if (planHash !== undefined && ticket === 'unknown')
    return { pass: false, why: 'that plan was used, is older than 10 minutes, or was never shown', interrupted: false };
  if (run.ask) return judgeAnswer(question, await run.ask(question));
  return { pass: false, why: run.flags.yes ? '--yes does not cover this' : 'there is no terminal to ask at', interrupted: false };
}

/** An agent may not answer for a person from `destroys` up: a person approves the very plan, elsewhere, once. */
async function agentRefusal({ plan, planHash }: GateQuestion, context: Context, state: StackState): Promise<Verdict | undefined> {
  if (detectActor(context.edges.env) !== 'agent') return undefined;
  if (!isRiskier(plan.risk, 'recreates') && !isPolicyPlan(plan)) return undefined;
  if (!isPolicyPlan(plan) && (await state.approvals.use(planHash)))
    return { pass: true, grantedBy: 'approval', answer: 'approved by a person', reason: undefined };
  return {
    pass: false,
    why: `it was asked by an agent; ask a person to run "devctl approve ${planHash}" in another terminal`,
    interrupted: false,
  };
}

interface ClearedRun<O> {
  readonly change: Change<O>;
  readonly context: Context;
  readonly options: O;
  readonly state: StackState;
  readonly run: ChangeRun;
  readonly question: GateQuestion;
  readonly verdict: Extract<Verdict, { pass: true }>;
}

/** Under the lock: looks again, and runs the plan when it is still the one that was cleared. undefined: it is not. */
async function runCleared<O>(cleared: ClearedRun<O>): Promise<{ readonly exitCode: number } | undefined> {
  const { change, context, options, state, run, question } = cleared;
  const lock = holdsTerminal(question.plan) ? undefined : await lockStack(context, state, question.plan.title);
  try {
    if (question.demand.kind !== 'none') {
      const again = await ask(change, context, options, state);
      if (again.planHash !== question.planHash) return changedSince(question, run);
    }
    if (run.flags.planHash !== undefined) await state.tickets.use(run.flags.planHash);
    return { exitCode: await journalled(cleared) };
  } finally {
    await lock?.release();
  }
}

function changedSince(question: GateQuestion, run: ChangeRun): undefined {
  if (run.ask) return undefined;
  throw new DevctlError('refused', `${question.plan.title}: not done, the stack changed since the plan was made.`, {
    hint: `Look again: devctl plan -- ${question.plan.commandLine.replace(/^devctl /, '')}`,
  });
}

async function journalled<O>(cleared: ClearedRun<O>): Promise<number> {
  const { change, context, state, run, question, verdict } = cleared;
  const { plan } = question;
  const { clock } = context.edges;
  const entry = ulid(clock.now());
  const started = clock.monotonic();
  const end = (outcome: Outcome, detail?: string): Promise<void> =>
    state.journal.append({
      kind: 'end',
      entry,
      at: isoNow(clock),
      outcome,
      ...(detail ? { detail } : {}),
      durationMs: Math.round(clock.monotonic() - started),
    });
  const { answer, reason } = verdict;
  await state.journal.append(await beginLine(context, { entry, question, argv: run.argv, tty: run.ask !== undefined, answer, reason }));
  run.listener({ event: 'started', action: plan.action, plan, entry });
  if (question.demand.kind === 'none' && question.demand.say)
    run.listener({ event: 'warning', message: plan.reasons.join('; ') || plan.title });
  const clearance = run.gate.grant(plan, verdict.grantedBy);
  try {
    const outcome = await executePlan({ plan, context, state, clearance, entry, listener: run.listener, signal: run.signal });
    await change.after?.(context);
    await end('done', outcome.exitCode ? `exit code ${outcome.exitCode}` : undefined);
    run.listener({ event: 'done', message: change.done(plan), durationMs: Math.round(clock.monotonic() - started) });
    return outcome.exitCode ?? 0;
  } catch (thrown) {
    const error = asDevctlError(thrown);
    await end(error.kind === 'cancelled' ? 'cancelled' : 'failed', error.message);
    run.listener({ event: 'failed', message: error.message, hint: error.hint, durationMs: Math.round(clock.monotonic() - started) });
    throw error;
  } finally {
    run.gate.revoke(clearance);
  }
}

/** Journals the refusal, makes the plan usable with `--plan` for ten minutes, and says what would let it through. */
async function refuse(
  question: GateQuestion,
  verdict: Extract<Verdict, { pass: false }>,
  context: Context,
  state: StackState,
  run: ChangeRun,
): Promise<never> {
  const { clock } = context.edges;
  const entry = ulid(clock.now());
  const beginning = { entry, question, argv: run.argv, tty: run.ask !== undefined, answer: verdict.why, reason: run.flags.reason };
  await state.journal.append(await beginLine(context, beginning));
  await state.journal.append({ kind: 'end', entry, at: isoNow(clock), outcome: 'refused', detail: verdict.why, durationMs: 0 });
  if (verdict.interrupted) throw new DevctlError('cancelled', `${question.plan.title}: not done, ${verdict.why}.`);
  await state.tickets.issue(question.planHash);
  throw refusal(question, verdict.why, planDocument(question, clock.now()));
}

async function recoverFirst(context: Context, state: StackState, run: ChangeRun): Promise<void> {
  if ((await findUnfinished(context, state)).length === 0) return;
  const lock = await lockStack(context, state, 'recovery');
  try {
    await recoverUnfinished(context, run.gate, run.listener);
  } finally {
    await lock.release();
  }
}

/** One writer at a time per stack. */
export async function lockStack(context: Context, state: StackState, doing: string): Promise<HeldLock> {
  const { locks, clock } = context.edges;
  const taken = await locks.acquire(state.key, { pid: process.pid, what: doing, since: isoNow(clock) }, LOCK_PATIENCE_MS);
  if ('release' in taken) return taken;
  const holder = taken.heldBy ? ` (process ${taken.heldBy.pid}: ${taken.heldBy.what}, since ${taken.heldBy.since})` : '';
  throw new DevctlError('external', `Another devctl is changing this stack${holder}.`, {
    hint: 'Wait until it has ended and repeat the command.',
  });
}

/** A shell may stay open for hours: it does not keep others out. */
function holdsTerminal(plan: Plan): boolean {
  return plan.steps.every(
    (step) => step.effect.kind === 'compose-terminal' || (step.effect.kind === 'host-command' && step.effect.terminal),
  );
}
