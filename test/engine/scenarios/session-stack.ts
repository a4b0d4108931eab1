import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCompose } from '#docker/compose-cli.ts';
import type { Engine, EngineEvent } from '#docker/engine.ts';
import { createEngine } from '#docker/engine-api.ts';
import type { Probe } from '#domain/profile.ts';
import { selectServices } from '#session/selectors.ts';
import type { ServiceView } from '#session/service.ts';
import type { Session } from '#session/session.ts';
import { startSession } from '#session/start.ts';
import type { SessionState } from '#session/state.ts';
import { systemClock } from '#system/clock.ts';
import { createFiles } from '#system/files.ts';
import { createNetwork } from '#system/network.ts';
import { createProcesses } from '#system/processes.ts';
import { aProfile } from '../../session/builders.ts';
import type { TestStack } from '../stack.ts';

/** A session on a real stack, with what a test wants to know beside it. */
export interface LiveSession {
  readonly session: Session;
  /** Every engine event, with the time at which the engine made it (ms since 1970). */
  readonly events: readonly { readonly event: EngineEvent; readonly at: number }[];
  view(service: string): ServiceView | undefined;
  /** Waits for a flush after which it is so; fails after `timeoutMs` with what there is. */
  until(isSo: (state: SessionState) => boolean, timeoutMs?: number): Promise<void>;
  stop(): Promise<void>;
}

export interface LiveOptions {
  readonly probes?: readonly Probe[];
  /** Docker socket; the main engine's when not given. */
  readonly socket?: string;
}

/** Watches a stack with the real edges. */
export function watchStack(stack: TestStack, { probes = [], socket = '/var/run/docker.sock' }: LiveOptions = {}): LiveSession {
  const endpoint = { context: 'default', host: `unix://${socket}`, decidedBy: 'default', remote: false };
  const register = { holds: () => false };
  const engine = createEngine({ endpoint, register, clock: systemClock });
  const file = join(stack.directory, 'compose.yaml');
  const profile = {
    ...aProfile(probes),
    compose: { files: [file], profiles: [], projectName: stack.name, projectDirectory: stack.directory },
  };
  const { events, watched } = overheard(engine);
  const session = startSession({
    project: { name: stack.name, root: stack.directory, config: undefined, foundBy: 'test' },
    profile,
    profiles: [profile],
    protection: 'guarded',
    unfinished: [],
    engine: watched,
    compose: createCompose({ processes: createProcesses(), files: createFiles(), locations: locationsIn(), env: environment(), register }),
    inputs: { ...profile.compose, endpoint, envFiles: [], pass: {} },
    clock: systemClock,
    network: createNetwork(),
    files: createFiles(),
  });
  const view = (service: string) => selectServices(session.getState()).find((one) => one.name === service);
  const stop = async () => {
    await session.stop();
    engine.close();
  };
  return { session, events, view, until: (isSo, timeoutMs) => until(session, isSo, timeoutMs), stop };
}

/** `docker ARGS` while the session goes on. */
export function docker(...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('docker', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let error = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (error += chunk));
    child.on('close', (code) => (code === 0 ? resolve(output.trim()) : reject(new Error(`docker ${args.join(' ')}: ${error}`))));
  });
}

/** `docker compose up -d` of a test's stack; whether it went well is for the test to see in the session. */
export async function composeUp(stack: TestStack, ...args: readonly string[]): Promise<void> {
  await docker(
    'compose',
    '--project-directory',
    stack.directory,
    '-p',
    stack.name,
    '-f',
    join(stack.directory, 'compose.yaml'),
    'up',
    '-d',
    ...args,
  ).catch((error: Error) => error);
}

function overheard(engine: Engine): { events: { event: EngineEvent; at: number }[]; watched: Engine } {
  const events: { event: EngineEvent; at: number }[] = [];
  const follow: Engine['follow'] = (feed, signal) => {
    const onEvent = (event: EngineEvent): void => {
      events.push({ event, at: Number(event.timeNano) / 1e6 });
      feed.onEvent(event);
    };
    engine.follow(
      { project: feed.project, onConnected: () => feed.onConnected(), onEvent, onDisconnected: (error) => feed.onDisconnected(error) },
      signal,
    );
  };
  return { events, watched: { ...engine, follow } };
}

function until(session: Session, isSo: (state: SessionState) => boolean, timeoutMs = 20_000): Promise<void> {
  if (isSo(session.getState())) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(new Error(`not within ${timeoutMs} ms: ${describe(session.getState())}`)), timeoutMs);
    const unsubscribe = session.subscribe(() => {
      if (isSo(session.getState())) end();
    });
    function end(error?: Error): void {
      clearTimeout(timer);
      unsubscribe();
      if (error) reject(error);
      else resolve();
    }
  });
}

function describe(state: SessionState): string {
  const services = selectServices(state).map((view) => `${view.name} ${view.condition} (${view.summary})`);
  return JSON.stringify([state.connection, state.model.status, services, state.probes]);
}

function locationsIn() {
  const home = mkdtempSync(join(tmpdir(), 'devctl-session-'));
  return { data: join(home, 'data'), state: join(home, 'state'), config: join(home, 'config'), cache: join(home, 'cache') };
}

function environment(): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
