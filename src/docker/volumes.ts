import type Dockerode from 'dockerode';
import type { Clearance } from '#domain/clearance.ts';
import { COMPOSE_LABEL, type NetworkState, type VolumeState } from '#domain/container.ts';
import { DevctlError } from '#domain/error.ts';
import type { Step } from '#domain/plan.ts';
import { requireEffect } from './cleared.ts';
import type { EngineClient } from './engine-client.ts';
import { statusOf, unlessGone } from './engine-errors.ts';

/** Volumes with who uses them; sizes only on request, because the engine then walks the disk. */
export async function listVolumes(
  client: EngineClient,
  options: { readonly project?: string; readonly sizes?: boolean },
): Promise<readonly VolumeState[]> {
  const filters = options.project === undefined ? {} : { filters: { label: [`${COMPOSE_LABEL.project}=${options.project}`] } };
  const [listed, users, sizes] = await Promise.all([
    client.read((docker) => docker.listVolumes(filters)),
    usersByVolume(client),
    options.sizes ? sizesByVolume(client) : new Map<string, number>(),
  ]);
  return (listed.Volumes ?? []).map((raw) => toState(raw, { users, sizes }));
}

/** One volume; undefined when there is none. */
export async function inspectVolume(client: EngineClient, name: string): Promise<VolumeState | undefined> {
  const [raw, users] = await Promise.all([
    unlessGone(client.read((docker) => docker.getVolume(name).inspect())),
    usersByVolume(client, name),
  ]);
  return raw && toState(raw, { users, sizes: new Map() });
}

/** Removes a volume, never by force. It is no failure that it is gone already. */
export async function removeVolume(
  client: EngineClient,
  clearance: Clearance,
  removal: { readonly step: Step; readonly name: string },
): Promise<void> {
  const { step, name } = removal;
  requireEffect(step, step.effect.kind === 'remove-volume' && step.effect.volume === name);
  try {
    await client.change(clearance, step, (docker) => docker.getVolume(name).remove());
  } catch (error) {
    if (statusOf(error) === 404) return;
    throw statusOf(error) === 409 ? await stillInUse(client, name, error) : error;
  }
}

/** Networks of a project. */
export async function listNetworks(client: EngineClient, project: string): Promise<readonly NetworkState[]> {
  const listed = await client.read((docker) => docker.listNetworks({ filters: { label: [`${COMPOSE_LABEL.project}=${project}`] } }));
  return listed.map((raw) => ({ id: raw.Id, name: raw.Name, labels: raw.Labels ?? {} }));
}

interface Known {
  readonly users: ReadonlyMap<string, readonly string[]>;
  readonly sizes: ReadonlyMap<string, number>;
}

/** The engine sends CreatedAt, which the type leaves out. */
function toState(raw: Dockerode.VolumeInspectInfo & { readonly CreatedAt?: string }, { users, sizes }: Known): VolumeState {
  return {
    name: raw.Name,
    driver: raw.Driver,
    createdAt: raw.CreatedAt ?? '',
    labels: raw.Labels ?? {},
    bytes: sizes.get(raw.Name),
    usedBy: users.get(raw.Name) ?? [],
  };
}

async function usersByVolume(client: EngineClient, name?: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const filters = name === undefined ? {} : { filters: { volume: [name] } };
  const containers = await client.read((docker) => docker.listContainers({ all: true, ...filters }));
  const users = new Map<string, string[]>();
  for (const container of containers) {
    for (const mount of container.Mounts ?? []) {
      if (mount.Type !== 'volume' || mount.Name === undefined) continue;
      const list = users.get(mount.Name) ?? [];
      users.set(mount.Name, [...list, (container.Names[0] ?? container.Id).replace(/^\//, '')]);
    }
  }
  return users;
}

/** `UsageData.Size` is -1 where a driver does not tell. */
async function sizesByVolume(client: EngineClient): Promise<ReadonlyMap<string, number>> {
  const usage = (await client.read((docker) => docker.df())) as { readonly Volumes?: readonly Dockerode.VolumeInspectInfo[] | null };
  const known = (usage.Volumes ?? []).filter((raw) => (raw.UsageData?.Size ?? -1) >= 0);
  return new Map(known.map((raw) => [raw.Name, raw.UsageData?.Size ?? 0]));
}

async function stillInUse(client: EngineClient, name: string, cause: unknown): Promise<DevctlError> {
  const users = (await usersByVolume(client, name)).get(name) ?? [];
  const who = users.length > 0 ? ` by ${users.join(', ')}` : '';
  return new DevctlError('external', `Volume ${name} is still in use${who}; it was not removed.`, {
    cause,
    hint: 'Stop and remove what uses it, then repeat the command.',
  });
}
