import type { Clearance } from '#domain/clearance.ts';
import { asDevctlError, DevctlError } from '#domain/error.ts';
import type { ActionListener } from '#domain/event.ts';
import type { Plan, Step } from '#domain/plan.ts';
import { isoNow } from '#system/clock.ts';
import type { Context, StackState } from './context.ts';
import { executeEffect, type StepOutcome } from './effects.ts';
import { childOutputPath } from './stack-paths.ts';

/** One cleared, journalled run of a plan. */
export interface PlanRun {
  readonly plan: Plan;
  readonly context: Context;
  readonly state: StackState;
  readonly clearance: Clearance;
  readonly entry: string;
  readonly listener: ActionListener;
  readonly signal: AbortSignal;
}

/**
 * Walks the steps of a plan in order, each journalled before and after. When one fails, what the begun steps planned for
 * that case is run, last first, and the failure is thrown.
 */
export async function executePlan(run: PlanRun): Promise<StepOutcome> {
  let outcome: StepOutcome = { exitCode: undefined };
  const begun: Step[] = [];
  for (const step of run.plan.steps) {
    begun.push(step);
    try {
      if (run.signal.aborted) throw new DevctlError('cancelled', `Interrupted before: ${step.what}.`);
      outcome = await executeStep(run, step, run.signal);
    } catch (thrown) {
      await undoSteps(run, begun);
      throw thrown;
    }
  }
  return outcome;
}

async function undoSteps(run: PlanRun, begun: readonly Step[]): Promise<void> {
  // An interruption must not interrupt the clean-up as well.
  const signal = new AbortController().signal;
  for (const undo of begun.toReversed().flatMap((step) => step.onFailure)) {
    try {
      await executeStep(run, undo, signal);
    } catch (thrown) {
      run.listener({ event: 'warning', message: `${undo.what} failed as well: ${asDevctlError(thrown).message}` });
    }
  }
}

async function executeStep(run: PlanRun, step: Step, signal: AbortSignal): Promise<StepOutcome> {
  const { context, state, clearance, entry, listener, plan } = run;
  const journal = (line: { state: 'begin' | 'done' | 'failed'; detail?: string }): Promise<void> =>
    state.journal.append({ kind: 'step', entry, at: isoNow(context.edges.clock), step: step.id, ...line });
  const tell = (now: 'begin' | 'done' | 'failed'): void =>
    listener({ event: 'step', step: step.id, of: plan.steps.length, what: step.what, state: now });
  await journal({ state: 'begin' });
  tell('begin');
  try {
    const outputFile = childOutputPath(context.edges.locations, state.key, entry, step.id);
    const onChild = (child: { pid: number; startTicks: string }): Promise<void> =>
      state.journal.append({
        kind: 'child',
        entry,
        at: isoNow(context.edges.clock),
        step: step.id,
        pid: child.pid,
        pidStart: child.startTicks,
        output: outputFile,
      });
    const outcome = await executeEffect({ context, clearance, step, listener, signal, outputFile, onChild });
    await journal({ state: 'done' });
    tell('done');
    return outcome;
  } catch (thrown) {
    tell('failed');
    await journal({ state: 'failed', detail: asDevctlError(thrown).message });
    throw thrown;
  }
}
