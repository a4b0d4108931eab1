import { neutralise } from '#domain/text.ts';
import { type OverallStatus, overallHealth, selectServices } from './selectors.ts';
import type { ServiceCondition, ServiceView } from './service.ts';
import type { CheckStatus, ProbeState, SessionState } from './state.ts';

/** One row of the health document: a service's containers, or a probe. */
export interface HealthCheck {
  readonly name: string;
  readonly kind: 'container' | ProbeState['kind'];
  /** `down`: stopped, or without a container. */
  readonly status: CheckStatus | 'down';
  /** How long the last check took; null where there is none. */
  readonly latencyMs: number | null;
  readonly output: string;
  /** ISO 8601: since when it is so, where that is known. */
  readonly since: string | null;
  /** Results of this status in a row. */
  readonly streak: number;
}

/** The answer of `devctl health` (design: command line, JSON shapes). */
export interface HealthDocument {
  readonly overall: OverallStatus;
  readonly checks: readonly HealthCheck[];
}

/** What is known about the health of a stack. Pure. */
export function healthDocument(state: SessionState): HealthDocument {
  const services = selectServices(state).filter((view) =>
    view.model ? !view.model.provider && view.model.replicas > 0 : state.model.model === undefined,
  );
  const probes = state.profile.health.probes.map((probe) => probeCheck(probe.name, probe.kind, state.probes[probe.name]));
  return { overall: overallHealth(state).status, checks: [...services.map(containerCheck), ...probes] };
}

function containerCheck(view: ServiceView): HealthCheck {
  const troubled = view.containers.find((one) => one.health === 'unhealthy') ?? view.containers[0];
  const last = troubled?.status === 'running' ? troubled.healthLog.at(-1) : undefined;
  const said = last ? neutralise(last.output).trim() : '';
  return {
    name: view.name,
    kind: 'container',
    status: isUpByContainers(view) ? 'healthy' : STATUS[view.condition],
    latencyMs: last ? Math.max(0, Math.round(Date.parse(last.end) - Date.parse(last.start))) : null,
    output: said === '' ? view.summary : said,
    since: (troubled?.status === 'running' ? troubled.startedAt : troubled?.finishedAt) ?? null,
    streak: last ? sameInARow(troubled?.healthLog.map((one) => one.exitCode === 0) ?? [], troubled?.failingStreak ?? 0) : 0,
  };
}

/** A probe may say otherwise, in a row of its own. */
function isUpByContainers(view: ServiceView): boolean {
  const isUp = view.containers.every((one) => one.status === 'running' && (one.health === 'healthy' || one.health === 'none'));
  return view.containers.length >= (view.model?.replicas ?? 1) && isUp;
}

const STATUS: Readonly<Record<ServiceCondition, HealthCheck['status']>> = {
  healthy: 'healthy',
  running: 'healthy',
  completed: 'healthy',
  starting: 'starting',
  waiting: 'starting',
  degraded: 'degraded',
  paused: 'degraded',
  unhealthy: 'unhealthy',
  failed: 'unhealthy',
  restarting: 'unhealthy',
  stopped: 'down',
  missing: 'down',
};

/** The engine counts failures itself, further back than its log of five goes. */
function sameInARow(passed: readonly boolean[], failingStreak: number): number {
  if (passed.at(-1) === false) return failingStreak;
  const failure = passed.lastIndexOf(false);
  return passed.length - failure - 1;
}

function probeCheck(name: string, kind: ProbeState['kind'], known: ProbeState | undefined): HealthCheck {
  if (!known) return { name, kind, status: 'unknown', latencyMs: null, output: 'not run', since: null, streak: 0 };
  const { status, latencyMs, output, since, streak } = known;
  return { name, kind, status, latencyMs: latencyMs ?? null, output, since, streak };
}
