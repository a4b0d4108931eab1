import type { Agent, IncomingMessage } from 'node:http';
import type Dockerode from 'dockerode';
import type { Clearance, ClearanceRegister } from '#domain/clearance.ts';
import type { Step } from '#domain/plan.ts';
import { requireCleared } from './cleared.ts';
import type { Endpoint } from './endpoint.ts';
import { explainEngineError, rejectedApi, requireEngineApi } from './engine-errors.ts';
import { unlessMute } from './mute-engine.ts';
import { readToEnd } from './read-to-end.ts';
import { ENGINE_API, isAtLeast } from './versions.ts';

/** The part of dockerode that changes nothing on the engine. */
export interface ReadingDocker extends Pick<Dockerode, 'info' | 'listContainers' | 'listVolumes' | 'listNetworks' | 'df'> {
  getContainer(id: string): Pick<Dockerode.Container, 'inspect' | 'stats' | 'exec'>;
  getVolume(name: string): Pick<Dockerode.Volume, 'inspect'>;
  getImage(reference: string): Pick<Dockerode.Image, 'inspect'>;
}

/** A connection to one engine. Errors come out as DevctlError; those with an HTTP status keep it in `cause`. */
export interface EngineClient {
  read<T>(work: (docker: ReadingDocker) => Promise<T>): Promise<T>;
  /** GET of something that goes on: events, logs. Resolves once the engine has answered. */
  stream(path: string, query: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<EngineStream>;
  /** The only way to anything that changes the engine: asks the register of clearances first. */
  change<T>(clearance: Clearance, step: Step, work: (docker: Dockerode) => Promise<T>): Promise<T>;
  /** `GET /version` without an API version in its path, which every engine answers. */
  version(): Promise<Dockerode.DockerVersion>;
  close(): void;
}

/** An answer that goes on. */
export interface EngineStream {
  /** Hands over every chunk; resolves at the end or when aborted, throws when the connection breaks. */
  read(onChunk: (chunk: Buffer) => void): Promise<void>;
}

/** Connects when first asked, with the API version pinned (versions.ts); negotiates once when an engine refuses that. */
export function createEngineClient(endpoint: Endpoint, register: ClearanceRegister): EngineClient {
  let agent: Promise<Agent> | undefined;
  let api: string = ENGINE_API;
  let connected: Promise<Dockerode> | undefined;
  const open = async (version: string | undefined): Promise<Dockerode> => {
    agent ??= createAgent();
    return openDockerode(endpoint, await agent, version);
  };
  const connect = (): Promise<Dockerode> => {
    connected ??= open(api);
    return connected;
  };
  const ping = async (): Promise<unknown> => (await open(undefined)).ping();
  const asking = <T>(work: () => Promise<T>): Promise<T> => explaining(endpoint, () => unlessMute(work(), ping, endpoint));
  const version = async (): Promise<Dockerode.DockerVersion> => {
    const docker = await open(undefined);
    return asking(() => docker.version());
  };
  const negotiate = async (): Promise<void> => {
    const answer = await version();
    requireEngineApi(answer, endpoint);
    api = answer.MinAPIVersion && !isAtLeast(ENGINE_API, answer.MinAPIVersion) ? answer.MinAPIVersion : ENGINE_API;
    connected = undefined;
  };
  const attempt = async <T>(work: (docker: Dockerode) => Promise<T>): Promise<T> => {
    try {
      return await work(await connect());
    } catch (error) {
      if (!rejectedApi(error)) throw error;
      await negotiate();
      return work(await connect());
    }
  };
  return {
    read: (work) => asking(() => attempt(work)),
    stream: async (path, query, signal) => {
      const stream = await asking(() => attempt((docker) => openStream(docker, path, { query, signal })));
      return { read: (onChunk) => explaining(endpoint, () => readToEnd(stream, onChunk, signal)) };
    },
    change: async (clearance, step, work) => {
      requireCleared(register, clearance, step);
      return explaining(endpoint, () => attempt(work));
    },
    version,
    close: () => void agent?.then((one) => one.destroy()),
  };
}

async function explaining<T>(endpoint: Endpoint, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainEngineError(error, endpoint);
  }
}

/**
 * Keeps connections open between requests. docker-modem describes every request for its debug log, whether that is on or not:
 * with an agent that is described in one word that costs a third.
 */
async function createAgent(): Promise<Agent> {
  const [{ Agent }, { inspect }] = await Promise.all([import('node:http'), import('node:util')]);
  // A name spares each request the check whether its host is an IP address; only TLS would use it.
  const options = { keepAlive: true, servername: '' };
  return Object.assign(new Agent(options), { [inspect.custom]: () => 'Agent' });
}

async function openDockerode(endpoint: Endpoint, agent: Agent, api: string | undefined): Promise<Dockerode> {
  const { default: Docker } = await import('dockerode');
  // Whatever is left out here, docker-modem would take from DOCKER_HOST and its kin.
  const plain = {
    protocol: 'http',
    host: undefined,
    port: undefined,
    socketPath: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
  } as const;
  const options = { ...plain, ...addressOf(endpoint.host), agent, ...(api === undefined ? {} : { version: `v${api}` }) };
  return new Docker(options);
}

function addressOf(host: string): Dockerode.DockerOptions {
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) };
  if (host.startsWith('npipe://')) return { socketPath: host.slice('npipe://'.length) };
  const { hostname, port } = new URL(host);
  return { host: hostname, port };
}

interface StreamRequest {
  readonly query: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

/** dockerode collects what does not follow in memory; dialled like this, every answer comes as a stream. */
function openStream(docker: Dockerode, path: string, { query, signal }: StreamRequest): Promise<IncomingMessage> {
  const statusCodes = { 200: true, 400: 'bad parameter', 404: 'not found', 409: 'conflict', 500: 'server error', 501: 'not supported' };
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      { path: `${path}?`, method: 'GET', isStream: true, statusCodes, options: { ...query }, abortSignal: signal },
      (error, answer) => {
        if (error) return reject(error);
        const stream = answer as IncomingMessage;
        // It may break before anybody reads it; the reader finds out.
        stream.on('error', () => undefined);
        resolve(stream);
      },
    );
  });
}
