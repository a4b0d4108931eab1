import type { ContainerState } from '#domain/container.ts';
import { COMPOSE_LABEL, DEVCTL_LABEL } from '#domain/container.ts';
import { type ComposeModel, isAwaitedJob, type ServiceModel } from '#domain/model.ts';
import { compareText } from '#domain/text.ts';
import { conditionOf, type ServiceParts } from './condition.ts';
import { dependencyDepths, unmetDependencies } from './dependencies.ts';
import { serviceOf } from './probe.ts';
import type { ServiceView } from './service.ts';
import type { SessionState } from './state.ts';
import { summaryOf } from './summary.ts';

type Slices = Pick<SessionState, 'profile' | 'model' | 'containers' | 'probes' | 'drift' | 'stopRequested' | 'allServices'>;

let last: { readonly slices: Slices; readonly views: readonly ServiceView[] } | undefined;

/**
 * The service list: the model's services, dependencies first, then by name; after them what runs outside the model.
 * Memoised: the same array for the same state, and the same view for a service about which nothing changed.
 */
export function selectServices(state: SessionState): readonly ServiceView[] {
  if (last && isSameState(last.slices, state)) return last.views;
  const { profile, model, containers, probes, drift, stopRequested, allServices } = state;
  const views = reuse(last?.views ?? [], buildViews(state));
  last = { slices: { profile, model, containers, probes, drift, stopRequested, allServices }, views };
  return views;
}

const replicasOf = new WeakMap<SessionState['containers'], ReadonlyMap<string, readonly ContainerState[]>>();

/** The replicas of each service: neither one-offs, nor hook containers (no config hash), nor what devctl made. Memoised. */
export function replicasByService(containers: SessionState['containers']): ReadonlyMap<string, readonly ContainerState[]> {
  const known = replicasOf.get(containers);
  if (known) return known;
  const replicas = Object.values(containers)
    .filter((one) => !one.oneOff && one.labels[COMPOSE_LABEL.configHash] !== undefined && one.labels[DEVCTL_LABEL] === undefined)
    .sort((a, b) => a.number - b.number || compareText(a.createdAt, b.createdAt));
  const grouped = Map.groupBy(replicas, (one) => one.service);
  replicasOf.set(containers, grouped);
  return grouped;
}

function isSameState(slices: Slices, state: SessionState): boolean {
  return (Object.keys(slices) as (keyof Slices)[]).every((key) => slices[key] === state[key]);
}

function buildViews(state: SessionState): readonly ServiceView[] {
  const model = state.model.model;
  const replicas = replicasByService(state.containers);
  const parts = partsOf(state, model, replicas);
  return orderedNames(model, replicas).map((name) => viewOf(name, state, parts));
}

function partsOf(
  state: SessionState,
  model: ComposeModel | undefined,
  replicas: ReadonlyMap<string, readonly ContainerState[]>,
): ReadonlyMap<string, ServiceParts> {
  const jobs = model && modelFacts(model).jobs;
  const isAnyRunning = Object.values(state.containers).some((one) => one.status === 'running' && !one.oneOff);
  const names = new Set([...Object.keys(model?.services ?? {}), ...replicas.keys()]);
  return new Map(
    [...names].map((name) => [
      name,
      {
        model: model?.services[name],
        containers: replicas.get(name) ?? [],
        probes: state.profile.health.probes.filter((probe) => serviceOf(probe) === name).flatMap((probe) => state.probes[probe.name] ?? []),
        isJob: jobs?.has(name) ?? false,
        isAnyRunning,
        stopRequested: state.stopRequested,
      },
    ]),
  );
}

function orderedNames(model: ComposeModel | undefined, replicas: ReadonlyMap<string, unknown>): readonly string[] {
  const known = model ? modelFacts(model).order : [];
  return [...known, ...[...replicas.keys()].filter((name) => !model?.services[name]).sort()];
}

/** What follows from a model alone. */
interface ModelFacts {
  /** Dependencies first, then by name. */
  readonly order: readonly string[];
  /** Services whose completion others wait for. */
  readonly jobs: ReadonlySet<string>;
}

const factsOf = new WeakMap<ComposeModel, ModelFacts>();

function modelFacts(model: ComposeModel): ModelFacts {
  const known = factsOf.get(model);
  if (known) return known;
  const depths = dependencyDepths(model);
  const order = [...depths.keys()].sort((a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0) || compareText(a, b));
  const facts = { order, jobs: new Set(order.filter((name) => isAwaitedJob(model, name))) };
  factsOf.set(model, facts);
  return facts;
}

function viewOf(name: string, state: SessionState, all: ReadonlyMap<string, ServiceParts>): ServiceView {
  const parts = all.get(name) as ServiceParts;
  const waitsFor = parts.containers.some((one) => one.status === 'created' && one.error === '') ? unmetDependencies(parts.model, all) : [];
  const condition = conditionOf(parts, waitsFor.length > 0);
  return {
    name,
    model: parts.model,
    containers: parts.containers,
    condition,
    summary: summaryOf(parts, condition, waitsFor),
    waitsFor,
    drift: state.drift[name] ?? 'unknown',
    orphan: isOrphan(name, parts.model, state),
  };
}

/** Services of inactive compose profiles are no orphans; without the names of all services nothing is called one. */
function isOrphan(name: string, model: ServiceModel | undefined, state: SessionState): boolean {
  return !model && state.model.model !== undefined && state.allServices !== undefined && !state.allServices.includes(name);
}

function reuse(before: readonly ServiceView[], after: readonly ServiceView[]): readonly ServiceView[] {
  const byName = new Map(before.map((view) => [view.name, view]));
  return after.map((view) => {
    const known = byName.get(view.name);
    return known && isSameView(known, view) ? known : view;
  });
}

function isSameView(a: ServiceView, b: ServiceView): boolean {
  return (
    a.model === b.model &&
    a.condition === b.condition &&
    a.summary === b.summary &&
    a.drift === b.drift &&
    a.orphan === b.orphan &&
    a.containers.length === b.containers.length &&
    a.containers.every((container, index) => container === b.containers[index]) &&
    (a.waitsFor.length + b.waitsFor.length === 0 || JSON.stringify(a.waitsFor) === JSON.stringify(b.waitsFor))
  );
}
