import type { Engine } from '#docker/engine.ts';
import { type ContainerState, gistOfStartError } from '#domain/container.ts';
import { type ComposeModel, hasJobShape, isAwaitedJob } from '#domain/model.ts';
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
/** How long a container without a health check must have run before it counts as up: one that crashes at once runs, too. */
const SETTLE_MS = 2000;
/** Restarts after which a service is said to be in a loop rather than slow. */
const RESTART_LOOP = 3;

/**
 * Waits until every service is up: healthy, running where there is no check, exited 0 for a job that others wait for.
 * Ends early as soon as one has failed for good. Own wait, because compose's counts every exit as a failure.
 */
export async function waitForServices(request: WaitRequest): Promise<readonly Readiness[]> {
  const { clock } = request;
  const deadline = clock.monotonic() + request.deadlineSeconds * 1000;
  const isSettled = watchSettling(clock);
  let last: readonly Readiness[] = [];
  for (;;) {
    const now = await readReadiness(request, isSettled);
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

/** Tells of a running container whether it has run long enough; by what was seen here, since the engine's clock may differ. */
function watchSettling(clock: Clock): (container: ContainerState) => boolean {
  const firstSeen = new Map<string, number>();
  return ({ id, startedAt = '' }) => {
    const key = `${id} ${startedAt}`;
    const since = firstSeen.get(key) ?? clock.monotonic();
    firstSeen.set(key, since);
    return clock.monotonic() - since >= SETTLE_MS || clock.now() - Date.parse(startedAt) >= SETTLE_MS;
  };
}

/** How far the services are at this moment. `isSettled` is asked of running containers without a health check. */
export async function readReadiness(
  { engine, model, services }: Pick<WaitRequest, 'engine' | 'model' | 'services'>,
  isSettled: (container: ContainerState) => boolean = () => true,
): Promise<readonly Readiness[]> {
  const containers = await engine.containers(model.name);
  return Promise.all(
    services.map(async (name) => {
      const replicas = containers.filter((container) => container.service === name && !container.oneOff);
      const detailed = await Promise.all(replicas.map(async (one) => (needsDetail(one) ? ((await engine.container(one.id)) ?? one) : one)));
      return readinessOf(name, model, { replicas: detailed, isSettled });
    }),
  );
}

/** Restarts, start times and the daemon's words are not in the container list. */
function needsDetail(container: ContainerState): boolean {
  return container.status !== 'running' || container.health !== 'healthy';
}

interface Replicas {
  readonly replicas: readonly ContainerState[];
  readonly isSettled: (container: ContainerState) => boolean;
}

/** How far one service is, judged by its replicas. */
function readinessOf(name: string, model: ComposeModel, { replicas, isSettled }: Replicas): Readiness {
  const service = model.services[name];
  if (service?.provider) return { service: name, state: 'ready', detail: 'provided from outside' };
  if (replicas.length === 0) return { service: name, state: service?.replicas === 0 ? 'ready' : 'waiting', detail: 'no container yet' };
  const isJob = isAwaitedJob(model, name) || (service !== undefined && hasJobShape(service));
  const each = replicas.map((container) =>
    judge(container, isSettled(container), isJob, (state, detail) => ({ service: name, state, detail })),
  );
  return each.find((one) => one.state === 'failed') ?? each.find((one) => one.state === 'waiting') ?? (each[0] as Readiness);
}

function judge(container: ContainerState, settled: boolean, job: boolean, say: Say): Readiness {
  switch (container.status) {
    case 'running':
      return judgeRunning(container, settled, say);
    case 'exited':
    case 'dead':
      return judgeExited(container, job, say);
    case 'restarting':
      return say(
        container.restartCount >= RESTART_LOOP ? 'failed' : 'waiting',
        `restarting, exited ${container.exitCode ?? '?'}, ${container.restartCount} times`,
      );
    case 'created':
      return container.error === '' ? say('waiting', 'created') : say('failed', gistOfStartError(container.error));
    case 'paused':
      return say('failed', 'paused');
    case 'removing':
      return say('waiting', 'being removed');
  }
}

type Say = (state: Readiness['state'], detail: string) => Readiness;

function judgeRunning(container: ContainerState, settled: boolean, say: Say): Readiness {
  if (container.restartCount >= RESTART_LOOP && container.health !== 'healthy')
    return say('failed', `restarted ${container.restartCount} times`);
  if (container.health === 'none') return settled ? say('ready', 'running') : say('waiting', 'started');
  if (container.health === 'healthy') return say('ready', 'healthy');
  if (container.health === 'unhealthy') return say('failed', 'unhealthy');
  return say('waiting', 'health check: starting');
}

function judgeExited(container: ContainerState, job: boolean, say: Say): Readiness {
  if (container.error !== '') return say('failed', gistOfStartError(container.error));
  if (container.exitCode === 0) return job ? say('ready', 'completed') : say('failed', 'exited 0, though it should keep running');
  return say('failed', `exited ${container.exitCode ?? '?'}`);
}
