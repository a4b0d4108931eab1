import type { ContainerState } from '#domain/container.ts';
import type { Profile, Project } from '#domain/profile.ts';
import type { Protection } from '#domain/protection.ts';
import { applyContainerEvent } from './container-event.ts';
import type { SessionEvent, TakenSample } from './event.ts';
import { withResult } from './probe.ts';
import type { ModelState, SessionState, StatsState } from './state.ts';

/** What a session is about; known before anything is asked. */
export interface StackFacts {
  readonly project: Project;
  readonly profile: Profile;
  readonly profiles: readonly Profile[];
  readonly protection: Protection;
  /** Open journal entries of processes that died. */
  readonly unfinished: readonly string[];
}

/** The state before anything was heard. */
export function initialState(facts: StackFacts): SessionState {
  return {
    ...facts,
    connection: { status: 'connecting' },
    model: facts.profile.compose ? { status: 'loading', model: undefined } : { status: 'none', model: undefined },
    containers: {},
    stats: {},
    probes: {},
    drift: {},
    foreign: undefined,
    logVersion: 0,
    allServices: undefined,
    stopRequested: {},
    portHolders: {},
  };
}

/** The state after one event; the very same object when nothing changed. Pure. */
export function reduce(state: SessionState, event: SessionEvent): SessionState {
  switch (event.kind) {
    case 'connected': {
      const { version, context, endpoint } = event.engine;
      return { ...state, connection: { status: 'connected', engineVersion: version, context, endpoint } };
    }
    case 'connection-lost':
      return reduceLost(state, event);
    case 'containers-listed':
      return reduceListed(state, event.containers);
    case 'containers-inspected':
      return event.containers.reduce(withContainer, state);
    case 'container-gone':
      return withoutContainer(state, event.id);
    case 'container-event':
      return event.event.action === 'destroy' ? withoutContainer(state, event.event.id) : applyContainerEvent(state, event.event);
    case 'stats-sampled':
      return event.samples.reduce(reduceSample, state);
    case 'probe-finished':
      return {
        ...state,
        probes: { ...state.probes, [event.result.probe.name]: withResult(state.probes[event.result.probe.name], event.result) },
      };
    case 'port-holder-found':
      return { ...state, portHolders: { ...state.portHolders, [event.container]: event.holder } };
    case 'model-loading':
    case 'model-ready':
    case 'model-failed':
      return { ...state, model: reduceModel(state.model, event) };
    default:
      return reduceFact(state, event);
  }
}

type Fact = Extract<
  SessionEvent,
  { kind: 'all-services-known' | 'drift-known' | 'foreign-checked' | 'unfinished-found' | 'profiles-read' | 'logs-arrived' }
>;

/** What only replaces one part of the state. */
function reduceFact(state: SessionState, event: Fact): SessionState {
  switch (event.kind) {
    case 'all-services-known':
      return { ...state, allServices: event.services };
    case 'drift-known':
      return { ...state, drift: event.drift };
    case 'foreign-checked':
      return state.foreign === event.foreign ? state : { ...state, foreign: event.foreign };
    case 'unfinished-found':
      return { ...state, unfinished: event.entries };
    case 'profiles-read':
      return { ...state, profiles: event.profiles, protection: event.protection };
    case 'logs-arrived':
      return state.logVersion === event.version ? state : { ...state, logVersion: event.version };
  }
}

/** Only the first loss counts: the time since which it is away stays. */
function reduceLost(state: SessionState, event: Extract<SessionEvent, { kind: 'connection-lost' }>): SessionState {
  const { connection } = state;
  if (connection.status === 'lost' && connection.error === event.error) return state;
  const since = connection.status === 'lost' ? connection.since : event.at;
  return { ...state, connection: { status: 'lost', since, error: event.error, hint: event.hint }, stats: {} };
}

function reduceModel(before: ModelState, event: Extract<SessionEvent, { kind: `model-${string}` }>): ModelState {
  switch (event.kind) {
    case 'model-loading':
      return { status: 'loading', model: before.model };
    case 'model-ready':
      return { status: 'ready', model: event.model };
    case 'model-failed':
      return { status: 'failed', error: event.error, hint: event.hint, model: before.model };
  }
}

function reduceListed(state: SessionState, listed: readonly ContainerState[]): SessionState {
  const containers = Object.fromEntries(
    listed.map((container) => [container.id, preferDetailed(state.containers[container.id], container)]),
  );
  const isSame =
    listed.length === Object.keys(state.containers).length && listed.every(({ id }) => containers[id] === state.containers[id]);
  return isSame ? state : { ...forgetGone(state, containers), containers };
}

/** What was inspected says more than a list, as long as the list tells nothing new. */
function preferDetailed(known: ContainerState | undefined, listed: ContainerState): ContainerState {
  if (!known?.detailed || listed.detailed) return listed;
  return known.status === listed.status && known.health === listed.health && known.name === listed.name ? known : listed;
}

function withContainer(state: SessionState, container: ContainerState): SessionState {
  if (JSON.stringify(state.containers[container.id]) === JSON.stringify(container)) return state;
  const containers = { ...state.containers, [container.id]: container };
  const isPortTaken = container.status === 'created' && container.error !== '';
  const portHolders = isPortTaken ? state.portHolders : without(state.portHolders, container.id);
  const stopRequested = container.status === 'running' ? without(state.stopRequested, container.id) : state.stopRequested;
  const stats = container.status === 'running' || container.status === 'paused' ? state.stats : without(state.stats, container.id);
  return { ...state, containers, portHolders, stopRequested, stats };
}

function withoutContainer(state: SessionState, id: string): SessionState {
  if (!state.containers[id]) return state;
  const containers = without(state.containers, id);
  return { ...forgetGone(state, containers), containers };
}

/** What is kept by container id goes with the container. */
function forgetGone(state: SessionState, containers: SessionState['containers']): SessionState {
  const keep = <Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
    Object.keys(record).every((id) => containers[id])
      ? record
      : Object.fromEntries(Object.entries(record).filter(([id]) => containers[id]));
  return { ...state, stats: keep(state.stats), stopRequested: keep(state.stopRequested), portHolders: keep(state.portHolders) };
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
  if (!Object.hasOwn(record, key)) return record;
  const { [key]: _, ...rest } = record;
  return rest;
}

/** A sample that shows nothing new leaves the state as it is, so that an idle stack draws no frame. */
function reduceSample(state: SessionState, { id, sample, cpuPercent }: TakenSample): SessionState {
  if (!state.containers[id]) return state;
  const before = state.stats[id];
  const cpu = cpuPercent === undefined ? undefined : Math.round(cpuPercent * 10) / 10;
  const after: StatsState = {
    cpuPercent: cpu,
    memoryBytes: sample.memoryBytes,
    memoryLimitBytes: sample.memoryLimitBytes,
    networkReceivedBytes: sample.networkReceivedBytes,
    networkSentBytes: sample.networkSentBytes,
    blockReadBytes: sample.blockReadBytes,
    blockWrittenBytes: sample.blockWrittenBytes,
    processes: sample.processes,
    cpuHistory: cpu === undefined ? (before?.cpuHistory ?? []) : [...(before?.cpuHistory ?? []), cpu].slice(-60),
    memoryHistory: [...(before?.memoryHistory ?? []), sample.memoryBytes].slice(-60),
  };
  return before && JSON.stringify(before) === JSON.stringify(after) ? state : { ...state, stats: { ...state.stats, [id]: after } };
}
