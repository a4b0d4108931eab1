import type { Engine } from '#docker/engine.ts';
import type { ContainerState } from '#domain/container.ts';
import type { ComposeModel, ServiceModel } from '#domain/model.ts';
import type { Clock } from '#system/clock.ts';

/** How far one service is on its way to being up. */
export interface Readiness {
  readonly service: string;
  readonly state: 'ready' | 'waiting' | 'failed';
  /** `healthy`, `exited 1`, `health check: starting`, … */
  readonly detail: string;
}

export interface WaitRequest {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly model: ComposeModel;
  readonly services: readonly string[];
  readonly deadlineSeconds: number;
  readonly signal?: AbortSignal | undefined;
  /** Told whenever a service's readiness changes. */
  readonly onChange?: (readiness: Readiness) => void;
}

const POLL_MS = 200;
/** Restarts after which a service is said to be in a loop rather than slow. */
const RESTART_LOOP = 3;

/**
 * Waits until every service is up: healthy, running where there is no check, exited 0 for a job that others wait for.
 * Ends early as soon as one has failed for good. Own wait, because compose's counts every exit as a failure.
 */
export async function waitForServices(request: WaitRequest): Promise<readonly Readiness[]> {
  const { clock } = request;
  const deadline = clock.monotonic() + request.deadlineSeconds * 1000;
  let last: readonly Readiness[] = [];
  for (;;) {
    const now = await readReadiness(request);
    for (const one of now) if (!last.some((before) => isSame(before, one))) request.onChange?.(one);
    last = now;
    const ended = last.every((one) => one.state === 'ready') || last.some((one) => one.state === 'failed');
    if (ended || request.signal?.aborted || clock.monotonic() >= deadline) return last;
    await clock.sleep(POLL_MS, request.signal);
  }
}

function isSame(a: Readiness, b: Readiness): boolean {
  return a.service === b.service && a.state === b.state && a.detail === b.detail;
}

async function readReadiness({ engine, model, services }: WaitRequest): Promise<readonly Readiness[]> {
  const containers = await engine.containers(model.name);
  return Promise.all(
    services.map(async (name) => {
      const replicas = containers.filter((container) => container.service === name && !container.oneOff);
      const detailed = await Promise.all(replicas.map(async (one) => (needsDetail(one) ? ((await engine.container(one.id)) ?? one) : one)));
      return readinessOf(name, model, detailed);
    }),
  );
}

/** Restarts and the daemon's words are not in the container list. */
function needsDetail(container: ContainerState): boolean {
  return container.status !== 'running' || container.health === 'unhealthy';
}

/** How far one service is, judged by its replicas; pure. */
export function readinessOf(name: string, model: ComposeModel, replicas: readonly ContainerState[]): Readiness {
  const service = model.services[name];
  if (service?.provider) return { service: name, state: 'ready', detail: 'provided from outside' };
  if (replicas.length === 0) return { service: name, state: service?.replicas === 0 ? 'ready' : 'waiting', detail: 'no container yet' };
  const each = replicas.map((container) => judge(name, container, service, model));
  return each.find((one) => one.state === 'failed') ?? each.find((one) => one.state === 'waiting') ?? (each[0] as Readiness);
}

function judge(service: string, container: ContainerState, model: ServiceModel | undefined, stack: ComposeModel): Readiness {
  const say = (state: Readiness['state'], detail: string): Readiness => ({ service, state, detail });
  switch (container.status) {
    case 'running':
      return judgeRunning(container, say);
    case 'exited':
    case 'dead':
      return judgeExited(container, isJob(service, model, stack), say);
    case 'restarting':
      return say(
        container.restartCount >= RESTART_LOOP ? 'failed' : 'waiting',
        `restarting, exited ${container.exitCode ?? '?'}, ${container.restartCount} times`,
      );
    case 'created':
      return container.error === '' ? say('waiting', 'created') : say('failed', container.error);
    case 'paused':
      return say('failed', 'paused');
    case 'removing':
      return say('waiting', 'being removed');
  }
}

type Say = (state: Readiness['state'], detail: string) => Readiness;

function judgeRunning(container: ContainerState, say: Say): Readiness {
  if (container.restartCount >= RESTART_LOOP && container.health !== 'healthy')
    return say('failed', `restarted ${container.restartCount} times`);
  if (container.health === 'none') return say('ready', 'running');
  if (container.health === 'healthy') return say('ready', 'healthy');
  if (container.health === 'unhealthy') return say('failed', 'unhealthy');
  return say('waiting', 'health check: starting');
}

function judgeExited(container: ContainerState, job: boolean, say: Say): Readiness {
  if (container.error !== '') return say('failed', container.error);
  if (container.exitCode === 0) return job ? say('ready', 'completed') : say('failed', 'exited 0, though it should keep running');
  return say('failed', `exited ${container.exitCode ?? '?'}`);
}

/** A one-shot: others wait for its completion, or nothing would start it again and its command ended well. */
function isJob(name: string, model: ServiceModel | undefined, stack: ComposeModel): boolean {
  const awaited = Object.values(stack.services).some((service) =>
    service.dependsOn.some((dependency) => dependency.service === name && dependency.condition === 'service_completed_successfully'),
  );
  return awaited || model?.restart === undefined || model.restart === 'no' || model.restart.startsWith('on-failure');
}
