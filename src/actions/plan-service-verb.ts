import { DevctlError } from '#domain/error.ts';
import { isDataService } from '#domain/model.ts';
import type { Plan } from '#domain/plan.ts';
import type { Risk } from '#domain/risk.ts';
import type { Context } from './context.ts';
import { type ObservedStack, observeStack, servicesNamed } from './observe-stack.ts';
import type { DraftStep } from './plan-builder.ts';
import { nameServices, planForStack } from './plan-stack.ts';

/** A compose verb on services that have containers: stop, start, restart. */
export interface ServiceVerb {
  readonly verb: 'stop' | 'start' | 'restart';
  /** For titles: `Restart`. */
  readonly word: string;
  readonly services: readonly string[];
  readonly risk: Risk;
  /** The command that takes it back. */
  readonly back: string | undefined;
  readonly followUp?: (observed: ObservedStack, names: readonly string[]) => readonly DraftStep[];
}

/** Plans such a verb. Throws `usage` for services that are unknown or have no container yet. */
export async function planServiceVerb(context: Context, wish: ServiceVerb): Promise<Plan> {
  const observed = await observeStack(context);
  const names = servicesNamed(wish.services, observed.model);
  const missing = wish.services.filter((name) => !observed.containers.some((one) => one.service === name && !one.oneOff));
  if (missing.length > 0 || observed.containers.length === 0) {
    const what = missing.length > 0 ? missing.join(', ') : observed.identity.projectName;
    throw new DevctlError('usage', `Nothing to ${wish.verb}: ${what} has no container.`, { hint: `devctl up ${missing.join(' ')}`.trim() });
  }
  return planForStack(observed, {
    action: `stack.${wish.verb}`,
    title: `${wish.word} ${nameServices(observed, wish.services)}`,
    verb: wish.word,
    steps: [
      {
        what: wish.services.length > 0 ? `${wish.verb} ${wish.services.join(', ')}` : `${wish.verb} all services`,
        why: wish.verb,
        risk: wish.risk,
        effect: { kind: 'compose', argv: [wish.verb, ...wish.services] },
      },
      ...(wish.followUp?.(observed, names) ?? []),
    ],
    recovery: { how: wish.back, detail: wish.back ? `${wish.back} takes it back` : 'nothing is lost' },
    touchesData: names.some((name) => observed.model.services[name] && isDataService(observed.model.services[name])),
    commandLine: [`devctl ${wish.verb}`, ...wish.services].join(' '),
  });
}
