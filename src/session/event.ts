import type { EngineEvent, StatsSample } from '#docker/engine.ts';
import type { ContainerState } from '#domain/container.ts';
import type { EngineIdentity, ForeignStack } from '#domain/identity.ts';
import type { ComposeModel } from '#domain/model.ts';
import type { Profile } from '#domain/profile.ts';
import type { Protection } from '#domain/protection.ts';
import type { ProbeResult } from './probe.ts';
import type { Drift, PortHolder } from './state.ts';

export type ContainerEvent = Extract<EngineEvent, { readonly kind: 'container' }>;

/** Everything that can happen to a session; the reducer folds them into its state. */
export type SessionEvent =
  | { readonly kind: 'connected'; readonly engine: EngineIdentity }
  /** `at`: ISO 8601. */
  | { readonly kind: 'connection-lost'; readonly at: string; readonly error: string; readonly hint: string | undefined }
  /** The whole truth: what is not in it is gone. */
  | { readonly kind: 'containers-listed'; readonly containers: readonly ContainerState[] }
  | { readonly kind: 'containers-inspected'; readonly containers: readonly ContainerState[] }
  | { readonly kind: 'container-gone'; readonly id: string }
  | { readonly kind: 'container-event'; readonly event: ContainerEvent }
  | { readonly kind: 'stats-sampled'; readonly samples: readonly TakenSample[] }
  | { readonly kind: 'probe-finished'; readonly result: ProbeResult }
  | { readonly kind: 'model-loading' }
  | { readonly kind: 'model-ready'; readonly model: ComposeModel }
  | { readonly kind: 'model-failed'; readonly error: string; readonly hint: string | undefined }
  | { readonly kind: 'all-services-known'; readonly services: readonly string[] }
  | { readonly kind: 'drift-known'; readonly drift: Readonly<Record<string, Drift>> }
  | { readonly kind: 'foreign-checked'; readonly foreign: ForeignStack | undefined }
  | { readonly kind: 'port-holder-found'; readonly container: string; readonly holder: PortHolder }
  | { readonly kind: 'unfinished-found'; readonly entries: readonly string[] }
  | { readonly kind: 'profiles-read'; readonly profiles: readonly Profile[]; readonly protection: Protection }
  | { readonly kind: 'logs-arrived'; readonly version: number };

/** One sample of one container; `cpuPercent` of one core, undefined without an earlier sample. */
export interface TakenSample {
  readonly id: string;
  readonly sample: StatsSample;
  readonly cpuPercent: number | undefined;
}
