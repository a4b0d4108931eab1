import { homedir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Compose, ComposeInputs } from '#docker/compose.ts';
import { createCompose } from '#docker/compose-cli.ts';
import { resolveEndpoint } from '#docker/context.ts';
import type { Endpoint } from '#docker/endpoint.ts';
import type { Engine, EngineEvent, EventFeed } from '#docker/engine.ts';
import { createEngine } from '#docker/engine-api.ts';
import type { Clearance, ClearanceRegister } from '#domain/clearance.ts';
import type { Effect, Step } from '#domain/plan.ts';
import { systemClock } from '#system/clock.ts';
import { createFiles } from '#system/files.ts';
import { resolveLocations } from '#system/locations.ts';
import { createProcesses } from '#system/processes.ts';

/** The docker layer as main.ts builds it, with every step cleared. */
export interface DockerEdges {
  readonly endpoint: Endpoint;
  readonly engine: Engine;
  readonly compose: Compose;
}

interface DockerChoice {
  readonly host?: string;
  /** A DOCKER_CONFIG with another Compose. */
  readonly dockerConfig?: string;
}

const register: ClearanceRegister = { holds: () => true };

/** For the tests of the layer itself, below the gate. */
export const clearance = {} as Clearance;

export function stepFor(effect: Effect): Step {
  return { id: 1, what: effect.kind, why: 'test', after: [], risk: 'none', effect, onFailure: [] };
}

/** Edges at the engine that tests use, or at another; caches lie in `directory`. */
export async function dockerEdges(directory: string, { host, dockerConfig }: DockerChoice = {}): Promise<DockerEdges> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const env = { ...Object.fromEntries(inherited), ...(dockerConfig ? { DOCKER_CONFIG: dockerConfig } : {}) };
  const files = createFiles();
  const endpoint = await resolveEndpoint({ profileContext: undefined, profileHost: host, env, files, home: homedir() });
  const locations = resolveLocations({}, join(directory, 'home'));
  return {
    endpoint,
    engine: createEngine({ endpoint, register, clock: systemClock }),
    compose: createCompose({ processes: createProcesses(), files, locations, env, register }),
  };
}

/** Inputs of a stack in a directory with a compose.yaml. */
export function inputsIn(endpoint: Endpoint, stack: { readonly directory: string; readonly name: string }): ComposeInputs {
  const { directory, name } = stack;
  return {
    endpoint,
    projectName: name,
    projectDirectory: directory,
    files: [join(directory, 'compose.yaml')],
    envFiles: [],
    profiles: [],
    pass: {},
  };
}

/** A feed that writes down what it is told, and the stop for it. */
export function recordEvents(engine: Engine, project: string) {
  const events: EngineEvent[] = [];
  const abort = new AbortController();
  const feed = {
    project,
    onConnected: vi.fn(),
    onDisconnected: vi.fn(),
    onEvent: (event: EngineEvent) => void events.push(event),
  } satisfies EventFeed;
  engine.follow(feed, abort.signal);
  /** `container start api`, `volume create shop_data`, in order. */
  const told = (): readonly string[] =>
    events.map((one) => `${one.kind} ${one.action} ${one.kind === 'container' ? one.service || one.name : one.name}${detailOf(one)}`);
  return { events, feed, told, stop: () => abort.abort() };
}

function detailOf(event: EngineEvent): string {
  return event.kind === 'container' && event.action === 'health_status' ? ` ${event.attributes.health}` : '';
}

/** Waits until nothing in `check` throws any more; 30 s, because two cores may be busy with an engine's own start. */
export function waitFor(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 30_000 });
}
