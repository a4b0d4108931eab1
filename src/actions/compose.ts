import * as z from 'zod';
import { DevctlError } from '#domain/error.ts';
import { isDataService } from '#domain/model.ts';
import type { Plan } from '#domain/plan.ts';
import type { Change } from './action.ts';
import { unavailableWithoutEngine } from './availability.ts';
import { type Classified, classifyCompose } from './classify.ts';
import type { Context } from './context.ts';
import { down } from './down.ts';
import { observeStack } from './observe-stack.ts';
import { command } from './option-schemas.ts';
import { planForStack } from './plan-stack.ts';

const options = z.object({ arguments: command });

/** Any compose command line with the profile's files and project name, through the gate. */
export const compose: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'stack.compose',
  command: 'compose',
  title: 'Run a compose command',
  summary: "run docker compose with the profile's files, through the gate",
  examples: ['devctl compose -- ps -a', 'devctl compose -- top'],
  options,
  unavailable: unavailableWithoutEngine,
  innerExitCode: true,
  plan: (context, wish) => {
    if (wish.arguments.length === 0) throw new DevctlError('usage', 'No compose command given.', { hint: 'devctl compose -- ps -a' });
    const classified = classifyCompose(wish.arguments);
    if (classified.kind === 'down-volumes') return down.plan(context, { volumes: true });
    if (classified.kind === 'other-target') {
      throw new DevctlError('usage', `${classified.flag} would name another stack than the profile's.`, {
        hint: 'Choose the stack with devctl -p PROFILE; outside of devctl, docker compose takes any file.',
      });
    }
    return planPassThrough(context, wish.arguments, classified);
  },
  done: () => '',
};

async function planPassThrough(
  context: Context,
  argv: readonly string[],
  { verb, risk, reason, service }: Extract<Classified, { kind: 'verb' }>,
): Promise<Plan> {
  const observed = await observeStack(context);
  const named = service === undefined ? Object.values(observed.model.services) : [observed.model.services[service]];
  return planForStack(observed, {
    action: 'stack.compose',
    title: `Run: docker compose ${argv.join(' ')}`,
    verb: 'Run it',
    steps: [{ what: `docker compose ${argv.join(' ')}`, why: verb, risk, effect: { kind: 'compose-terminal', argv } }],
    reasons: risk === 'none' || risk === 'interrupts' ? [] : [reason],
    losses: risk === 'irrecoverable' ? [{ kind: 'unknown', name: verb, detail: 'whatever this command deletes' }] : [],
    recovery: {
      how: undefined,
      detail: risk === 'irrecoverable' ? 'cannot be undone: devctl cannot tell what it does' : 'nothing is deleted',
    },
    touchesData: named.some((one) => one !== undefined && isDataService(one)),
    commandLine: `devctl compose -- ${argv.join(' ')}`,
  });
}
