import * as z from 'zod';
import type { ContainerState } from '#domain/container.ts';
import { parseDuration } from '#domain/duration.ts';
import { DevctlError } from '#domain/error.ts';
import { databaseOf, isDataService } from '#domain/model.ts';
import type { Plan } from '#domain/plan.ts';
import type { Change } from './action.ts';
import { unavailableWithoutEngine } from './availability.ts';
import type { Context } from './context.ts';
import { contextOfProfile } from './context-of-profile.ts';
import { type ChangedService, observeChanged, recordFingerprints } from './fingerprints.ts';
import { type ObservedStack, observeStack, servicesNamed } from './observe-stack.ts';
import { flag, services, timeout } from './option-schemas.ts';
import type { DraftStep } from './plan-builder.ts';
import { nameServices, planForStack } from './plan-stack.ts';

const options = z.object({
  services,
  wait: flag('wait until everything is up, and explain what is not', 'w'),
  timeout,
  build: flag('build images before'),
  forceRecreate: flag('make containers anew even when nothing changed'),
  noDeps: flag('leave the services that these depend on alone'),
});

export type UpOptions = z.infer<typeof options>;

/** Creates and starts what is missing or changed. */
export const up: Change<UpOptions> = {
  kind: 'change',
  id: 'stack.up',
  command: 'up',
  title: 'Start the stack',
  summary: 'create and start services',
  examples: ['devctl up --wait', 'devctl -p test up postgres'],
  key: { scope: 'stack', key: 'u', selection: true },
  options,
  unavailable: unavailableWithoutEngine,
  plan: async (context, wish) => {
    const observed = await observeStack(context);
    servicesNamed(wish.services, observed.model);
    return planUp(observed, wish, await observeChanged(context, observed));
  },
  before: requiredContexts,
  after: recordFingerprints,
  done: (plan) => (plan.steps.some((step) => step.effect.kind === 'wait') ? 'Everything is up.' : 'Started.'),
};

/** The plan of `up`: additive where nothing changed, `recreates` where containers are replaced; pure. */
export function planUp(observed: ObservedStack, wish: UpOptions, changed: readonly ChangedService[]): Plan {
  const names = wish.services.length > 0 ? wish.services : Object.keys(observed.model.services);
  const replaced = wish.forceRecreate
    ? existing(observed.containers, names)
    : changed.filter((one) => (wish.noDeps ? names.includes(one.service) : true));
  return planForStack(observed, {
    action: 'stack.up',
    title: `Start ${nameServices(observed, wish.services)}`,
    verb: replaced.length > 0 ? `Replace ${replaced.length === 1 ? replaced[0]?.service : `${replaced.length} containers`}` : 'Start',
    steps: [upStep(wish, replaced.length > 0), ...(wish.wait ? [waitStep(observed, wish, names)] : []), ...afterUp(observed)],
    reasons: replaced.map((one) => `${one.service} is made anew: ${one.because}`),
    losses: replaced.map((one) => ({ kind: 'container', name: one.service, detail: 'what it wrote outside of volumes' })),
    recovery: { how: undefined, detail: 'volumes stay as they are' },
    touchesData: replaced.some((one) => holdsData(observed, one.service)),
    commandLine: commandLineOf(wish),
  });
}

function upStep(wish: UpOptions, replaces: boolean): DraftStep {
  const argv = [
    'up',
    '--detach',
    ...(wish.build ? ['--build'] : []),
    ...(wish.forceRecreate ? ['--force-recreate'] : []),
    ...(wish.noDeps ? ['--no-deps'] : []),
  ];
  return {
    what: wish.services.length > 0 ? `create and start ${wish.services.join(', ')}` : 'create and start services',
    why: 'up',
    risk: replaces ? 'recreates' : 'none',
    effect: { kind: 'compose', argv: [...argv, ...wish.services] },
  };
}

/** The wait of `up`, `restart` and `rebuild`: the deadline of the profile unless the user says otherwise. */
export function waitStep(observed: ObservedStack, wish: { readonly timeout?: string | undefined }, names: readonly string[]): DraftStep {
  const deadlineSeconds = wish.timeout === undefined ? observed.profile.health.deadlineSeconds : parseDuration(wish.timeout);
  if (deadlineSeconds === undefined)
    throw new DevctlError('usage', `"${wish.timeout}" is no duration.`, { hint: 'Write it like 90s or 2m.' });
  return { what: 'wait until everything is up', why: '--wait', risk: 'none', effect: { kind: 'wait', services: names, deadlineSeconds } };
}

function afterUp({ profile }: ObservedStack): readonly DraftStep[] {
  const command = profile.hooks.afterUp;
  return command
    ? [{ what: `run hook: ${command}`, why: 'hooks.afterUp', risk: 'none', effect: { kind: 'host-command', command, terminal: false } }]
    : [];
}

function existing(containers: readonly ContainerState[], names: readonly string[]): readonly ChangedService[] {
  const there = names.filter((name) => containers.some((container) => container.service === name && !container.oneOff));
  return there.map((service) => ({ service, because: '--force-recreate' }));
}

function holdsData({ model }: ObservedStack, name: string): boolean {
  const service = model.services[name];
  return (
    service !== undefined &&
    isDataService(service) &&
    (databaseOf(service.image) !== undefined || service.mounts.some((mount) => mount.kind === 'volume'))
  );
}

function commandLineOf(wish: UpOptions): string {
  const flags = [
    wish.build && '--build',
    wish.forceRecreate && '--force-recreate',
    wish.noDeps && '--no-deps',
    wish.wait && '--wait',
  ].filter(Boolean);
  return ['devctl up', ...flags, ...wish.services].join(' ');
}

/** The profiles that must be up before (`requires`), transitively through their own `up`. */
async function requiredContexts(context: Context): Promise<readonly Context[]> {
  const { requires } = await context.profile();
  return Promise.all(requires.map((name) => contextOfProfile(context, name)));
}
