import type { ClearanceRegister } from '#domain/clearance.ts';
import type { EngineIdentity } from '#domain/identity.ts';
import type { Clock } from '#system/clock.ts';
import { inspectContainer, listContainers } from './containers.ts';
import type { Endpoint } from './endpoint.ts';
import type { Engine } from './engine.ts';
import { createEngineClient, type EngineClient } from './engine-client.ts';
import { requireEngineApi, statusOf, unlessGone } from './engine-errors.ts';
import { followEvents } from './events.ts';
import { createHolder, listHolders } from './holders.ts';
import { readLogs } from './log-stream.ts';
import { remember } from './remember.ts';
import { runProbe } from './run-probe.ts';
import { sampleStats } from './stats.ts';
import { inspectVolume, listNetworks, listVolumes, removeVolume } from './volumes.ts';

/** What an engine is made of. */
export interface EngineEdges {
  readonly endpoint: Endpoint;
  readonly register: ClearanceRegister;
  readonly clock: Clock;
}

/** The Engine API at one endpoint, through dockerode, which is loaded with the first question. Cheap: nothing is asked yet. */
export function createEngine({ endpoint, register, clock }: EngineEdges): Engine {
  const client = createEngineClient(endpoint, register);
  const info = remember(() => readInfo(client));
  const identity = remember(() => readIdentity(client, endpoint, info));
  return {
    endpoint,
    identity,
    containers: (project) => listContainers(client, project),
    container: (id) => inspectContainer(client, id),
    volumes: (options = {}) => listVolumes(client, options),
    volume: (name) => inspectVolume(client, name),
    networks: (project) => listNetworks(client, project),
    imageId: async (reference) => (await unlessGone(client.read((docker) => docker.getImage(reference).inspect())))?.Id,
    follow: (feed, signal) => void followEvents({ client, clock }, feed, signal),
    stats: async (id) => sampleStats(client, id, (await info()).MemTotal),
    logs: (id, options, signal) => readLogs(client, id, { options, signal }),
    probe: (id, argv, timeoutMs) => runProbe(client, id, { argv, timeoutMs }),
    createHolder: (clearance, step, volume) => createHolder(client, clearance, { step, volume }),
    holders: (volume) => listHolders(client, volume),
    removeContainer: (clearance, step, id) => unlessThere(client.change(clearance, step, (docker) => docker.getContainer(id).remove())),
    stopContainer: (clearance, step, id) => unlessThere(client.change(clearance, step, (docker) => docker.getContainer(id).stop())),
    removeVolume: (clearance, step, name) => removeVolume(client, clearance, { step, name }),
    close: client.close,
  };
}

/** The fields of `GET /info` that are read. */
interface EngineInfo {
  readonly ID: string;
  /** Bytes. */
  readonly MemTotal: number;
}

function readInfo(client: EngineClient): Promise<EngineInfo> {
  return client.read((docker) => docker.info() as Promise<EngineInfo>);
}

async function readIdentity(client: EngineClient, endpoint: Endpoint, readInfo: () => Promise<EngineInfo>): Promise<EngineIdentity> {
  const versionAsked = client.version();
  const infoAsked = readInfo();
  // An engine that is too old for it is told by its version, below.
  infoAsked.catch(() => undefined);
  const version = await versionAsked;
  requireEngineApi(version, endpoint);
  const info = await infoAsked;
  return { id: info.ID, endpoint: endpoint.host, context: endpoint.context, remote: endpoint.remote, version: version.Version };
}

/** A container that is gone (404) or has stopped (304) already is what was wanted. */
async function unlessThere(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (![304, 404].includes(statusOf(error) ?? 0)) throw error;
  }
}
