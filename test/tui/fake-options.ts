import { createHash } from 'node:crypto';
import { DevctlError } from '#domain/error.ts';
import { allowFor, demandFor, type GateAnswer, type GateQuestion } from '#domain/gate.ts';
import { planFingerprint } from '#domain/plan.ts';
import type { RunChange, TuiOptions } from '#tui/host.ts';
import { createTerminalLender } from '#tui/runtime/lend.ts';
import type { Terminal } from '#tui/runtime/terminal.ts';
import { FAKE_ACTIONS, fakeStack, shopProfile } from './fake-stack.ts';

/** Options for a UI on fakes. `pace` is how long a step takes, in milliseconds. */
export function fakeOptions(terminal: Terminal, change: Partial<TuiOptions> & { readonly pace?: number } = {}): TuiOptions {
  return {
    stack: fakeStack(),
    openProfile: async (name) => fakeStack({ profile: shopProfile({ name, protection: name === 'prod' ? 'protected' : 'open' }) }),
    loadActions: async () => FAKE_ACTIONS,
    runChange: fakeRunChange(change.pace ?? 0),
    terminal,
    lender: createTerminalLender(),
    locate: async () => ({ file: '/shop/compose.yaml', line: 1, column: 1 }),
    edit: async () => undefined,
    runningProfiles: async () => ({ dev: 4, test: 0, prod: 0 }),
    version: '0.1.0',
    ...change,
  };
}

/** Plans, asks as the real gate would, and pretends to execute. */
export function fakeRunChange(pace: number, answers: GateAnswer[] = []): RunChange {
  return async (change, context, options, run) => {
    const plan = await change.plan(context, options);
    const protection = plan.identity.profile === 'prod' ? 'protected' : 'guarded';
    const demand = demandFor(plan, protection, false);
    const planHash = createHash('sha256').update(planFingerprint(plan)).digest('hex').slice(0, 12);
    const question: GateQuestion = { plan, planHash, protection, demand, allow: allowFor(demand, plan.risk, plan, planHash) };
    if (demand.kind !== 'none') {
      const answer = await run.ask(question);
      answers.push(answer);
      if (answer.answer === 'no') throw new DevctlError('refused', `${plan.title}: not done, nothing was changed.`);
    }
    run.listener({ event: 'started', action: plan.action, plan, entry: 'x' });
    for (const step of plan.steps) {
      run.listener({ event: 'step', step: step.id, of: plan.steps.length, what: step.what, state: 'begin' });
      run.listener({ event: 'progress', step: step.id, id: 'Container shop-api-1', text: 'Restarting', done: false });
      await context.edges.clock.sleep(pace);
      run.listener({ event: 'output', step: step.id, stream: 'stderr', line: `Container shop-api-1  done with ${step.what}` });
      run.listener({ event: 'step', step: step.id, of: plan.steps.length, what: step.what, state: 'done' });
    }
    run.listener({ event: 'done', message: change.done(plan), durationMs: 10 });
    return { exitCode: 0 };
  };
}
