import type { ContainerState } from '#domain/container.ts';
import type { ServiceModel } from '#domain/model.ts';
import type { Drift } from './state.ts';

/** What the user calls a service's state: one word, one sign. */
export type ServiceCondition =
  | 'healthy'
  /** Runs, has no health check. */
  | 'running'
  | 'starting'
  /** Created, and waits for another service. */
  | 'waiting'
  /** Runs, but its health check fails. */
  | 'unhealthy'
  | 'degraded'
  | 'restarting'
  | 'paused'
  /** Ended with an error, or could not start. */
  | 'failed'
  /** A one-shot job that ended with 0. */
  | 'completed'
  | 'stopped'
  /** No container. */
  | 'missing';

/** One row of the service list: the model's service joined with what the engine has. */
export interface ServiceView {
  readonly name: string;
  /** undefined: an orphan, or the model is not there yet. */
  readonly model: ServiceModel | undefined;
  /** Replicas by number. */
  readonly containers: readonly ContainerState[];
  readonly condition: ServiceCondition;
  /** One line without relative times: `exited 1, restarted 4 times`, `waits for api (healthy)`, `healthy`. See `summarise`. */
  readonly summary: string;
  readonly waitsFor: readonly WaitsFor[];
  readonly drift: Drift;
  /** In no compose file any more. */
  readonly orphan: boolean;
}

export interface WaitsFor {
  readonly service: string;
  /** `healthy`, `started`, `completed` */
  readonly until: string;
}

/** Why a service is not well, told in the order in which a person would ask (design: screens, 1). */
export interface Explanation {
  /** `exited 1, 2 min ago, restarted 4 times in 5 min` */
  readonly headline: string;
  /** Last lines of its log, oldest first. */
  readonly lastWords: readonly string[];
  /** One sentence naming the probable cause, when one is recognised. */
  readonly likely: string | undefined;
  /** What to type or do next. */
  readonly next: string | undefined;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}
