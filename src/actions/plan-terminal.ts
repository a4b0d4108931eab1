import { isDataService } from '#domain/model.ts';
import type { Plan } from '#domain/plan.ts';
import type { Risk } from '#domain/risk.ts';
import type { Context } from './context.ts';
import { observeStack, servicesNamed } from './observe-stack.ts';
import { planForStack } from './plan-stack.ts';

/** A compose verb that takes the terminal: exec, run. */
export interface TerminalCommand {
  readonly action: string;
  /** `Run in api: sh` */
  readonly title: string;
  readonly service: string;
  readonly argv: readonly string[];
  readonly risk: Risk;
  readonly commandLine: string;
}

/** Plans a command whose effect cannot be seen; it touches data when its service holds any. */
export async function planTerminal(context: Context, wish: TerminalCommand): Promise<Plan> {
  const observed = await observeStack(context);
  const [name = wish.service] = servicesNamed([wish.service], observed.model);
  const service = observed.model.services[name];
  return planForStack(observed, {
    action: wish.action,
    title: wish.title,
    verb: 'Run it',
    steps: [{ what: wish.argv.join(' '), why: wish.action, risk: wish.risk, effect: { kind: 'compose-terminal', argv: wish.argv } }],
    reasons: wish.risk === 'none' ? [] : [`devctl cannot see what this command does in ${name}`],
    recovery: { how: undefined, detail: 'what the command changes is its own' },
    touchesData: service !== undefined && isDataService(service),
    commandLine: wish.commandLine,
  });
}

/** Compose's `--no-TTY`, in the spelling that every version knows, when there is no terminal to hand over. */
export function terminalFlags(context: Context): readonly string[] {
  return context.edges.isTerminal ? [] : ['-T'];
}
