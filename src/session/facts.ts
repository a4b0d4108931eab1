import type { ContainerState } from '#domain/container.ts';
import { formatBytes } from '#domain/size.ts';
import { neutralise } from '#domain/text.ts';
import { UNTIL } from './dependencies.ts';
import { describeHolder } from './port-conflict.ts';
import { serviceOf } from './probe.ts';
import { isFailing, selectServices } from './selectors.ts';
import type { Explanation, ServiceView } from './service.ts';
import type { SessionState } from './state.ts';

type Facts = Explanation['facts'];

/** What is known about a service and may tell a person more than the probable cause. `culprit`: its worst replica. */
export function factsOf(view: ServiceView, culprit: ContainerState | undefined, state: SessionState): Facts {
  return [
    ...errorFacts(culprit),
    ...portFacts(culprit, state),
    ...commandFacts(view, culprit),
    ...dependencyFacts(view, state),
    ...dependentFacts(view, state),
    ...healthFacts(view, culprit),
    ...probeFacts(view, state),
    ...limitFacts(view, culprit),
  ];
}

function errorFacts(culprit: ContainerState | undefined): Facts {
  return culprit && culprit.error !== '' ? [{ label: 'Docker says', value: neutralise(culprit.error).trim() }] : [];
}

function portFacts(culprit: ContainerState | undefined, state: SessionState): Facts {
  const holder = culprit && state.portHolders[culprit.id];
  return holder ? [{ label: 'Port', value: `${holder.port}/${holder.protocol} is held by ${describeHolder(holder)}` }] : [];
}

function commandFacts(view: ServiceView, culprit: ContainerState | undefined): Facts {
  const command = culprit?.command.length ? culprit.command : [...(view.model?.entrypoint ?? []), ...(view.model?.command ?? [])];
  const image = culprit?.image ?? view.model?.image;
  return [
    ...(command.length > 0 ? [{ label: 'Command', value: neutralise(command.join(' ')) }] : []),
    ...(image ? [{ label: 'Image', value: image }] : []),
  ];
}

function dependencyFacts(view: ServiceView, state: SessionState): Facts {
  const views = new Map(selectServices(state).map((one) => [one.name, one]));
  const unmet = new Set(view.waitsFor.map((one) => one.service));
  const dependencies = (view.model?.dependsOn ?? []).map((one) => {
    const found = views.get(one.service);
    const now = found ? (found.condition === 'missing' ? 'has no container' : `is ${found.condition}`) : 'does not exist';
    const until = unmet.has(one.service) ? `, waits until it is ${UNTIL[one.condition]}` : '';
    return `${one.service} ${now}${until}`;
  });
  return dependencies.length > 0 ? [{ label: 'Depends on', value: dependencies.join('; ') }] : [];
}

function dependentFacts(view: ServiceView, state: SessionState): Facts {
  const waiting = selectServices(state).filter((one) => one.waitsFor.some((blocker) => blocker.service === view.name));
  return waiting.length > 0 ? [{ label: 'Waited for by', value: waiting.map((one) => one.name).join(', ') }] : [];
}

function healthFacts(view: ServiceView, culprit: ContainerState | undefined): Facts {
  if (!culprit || (culprit.health !== 'unhealthy' && culprit.health !== 'starting')) return [];
  const command = view.model?.healthcheck?.test;
  const failed = culprit.healthLog.filter((check) => check.exitCode !== 0).slice(-3);
  return [
    ...(command && command.length > 0 ? [{ label: 'Health check', value: healthCommand(command) }] : []),
    ...failed.map((check) => ({ label: `Check exited ${check.exitCode}`, value: neutralise(check.output).trim() || '(no output)' })),
  ];
}

/** `CMD a b` and `CMD-SHELL a b` as what is run. */
function healthCommand(test: readonly string[]): string {
  return neutralise((test[0] === 'CMD' || test[0] === 'CMD-SHELL' ? test.slice(1) : test).join(' '));
}

function probeFacts(view: ServiceView, state: SessionState): Facts {
  return state.profile.health.probes
    .filter((probe) => serviceOf(probe) === view.name)
    .flatMap((probe) => state.probes[probe.name] ?? [])
    .filter((probe) => probe.status === 'unhealthy' || probe.status === 'degraded')
    .map((probe) => ({ label: `Probe ${probe.name}`, value: `${probe.status} ${probe.streak} in a row: ${probe.output}` }));
}

function limitFacts(view: ServiceView, culprit: ContainerState | undefined): Facts {
  const text = limitText(view);
  if (text === '') return [];
  const oom = culprit && isFailing(view.condition) ? (culprit.oomKilled ? ' (killed for its memory)' : ' (not killed for its memory)') : '';
  return [{ label: 'Limits', value: `${text}${oom}` }];
}

/** `1 CPU, 512 MiB`; empty without limits. */
function limitText(view: ServiceView): string {
  const { cpuLimit, memoryLimit } = view.model ?? {};
  return [...(cpuLimit ? [`${cpuLimit} CPU`] : []), ...(memoryLimit ? [formatLimit(memoryLimit)] : [])].join(', ');
}

/** Limits are written in powers of two: 512m is 512 MiB, not 537 MB. */
export function formatLimit(bytes: number): string {
  return bytes % 2 ** 30 === 0 ? `${bytes / 2 ** 30} GiB` : bytes % 2 ** 20 === 0 ? `${bytes / 2 ** 20} MiB` : formatBytes(bytes);
}
