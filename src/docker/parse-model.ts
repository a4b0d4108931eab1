import { parseDuration } from '#domain/duration.ts';
import { DevctlError } from '#domain/error.ts';
import type { ComposeModel, Dependency, HealthcheckModel, MountModel, PortModel, ServiceModel, VolumeModel } from '#domain/model.ts';
import type { RawModel, RawService, RawVolume } from './raw-model.ts';

/** The model in what `docker compose config --format json` printed (compose-spec; shapes of 2.26 to 5.x). */
export function parseModel(printed: string): ComposeModel {
  const raw = unescapeDollars(parseJson(printed)) as RawModel;
  return {
    name: raw.name ?? '',
    services: mapEntries(raw.services, parseService),
    volumes: mapEntries(raw.volumes, parseVolume),
    networks: mapEntries(raw.networks, (key, network) => ({
      key,
      name: network?.name ?? key,
      external: isExternal(network?.external),
    })),
  };
}

function parseJson(printed: string): unknown {
  try {
    return JSON.parse(printed);
  } catch (error) {
    throw new DevctlError('external', 'docker compose config printed something that is not JSON.', { cause: error });
  }
}

/** compose doubles every `$` that it prints, keys excepted. */
function unescapeDollars(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$$', '$');
  if (Array.isArray(value)) return value.map(unescapeDollars);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unescapeDollars(one)]));
}

function mapEntries<R, T>(entries: Readonly<Record<string, R>> | null | undefined, parse: (key: string, raw: R) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(entries ?? {}).map(([key, raw]) => [key, parse(key, raw)]));
}

function parseService(name: string, raw: RawService): ServiceModel {
  const limits = raw.deploy?.resources?.limits;
  return {
    name,
    image: raw.image,
    builds: raw.build !== undefined && raw.build !== null,
    command: raw.command ?? undefined,
    entrypoint: raw.entrypoint ?? undefined,
    containerName: raw.container_name,
    dependsOn: parseDependencies(raw),
    ports: (raw.ports ?? []).map(parsePort),
    mounts: parseMounts(raw),
    environment: parseEnvironment(raw.environment),
    healthcheck: parseHealthcheck(raw.healthcheck),
    profiles: raw.profiles ?? [],
    restart: raw.restart ?? restartOfDeploy(raw),
    cpuLimit: positive(raw.cpus) ?? positive(limits?.cpus),
    memoryLimit: positive(raw.mem_limit) ?? positive(limits?.memory),
    replicas: raw.scale ?? raw.deploy?.replicas ?? 1,
    provider: raw.provider !== undefined && raw.provider !== null,
  };
}

function parseDependencies(raw: RawService): readonly Dependency[] {
  return Object.entries(raw.depends_on ?? {}).map(([service, one]) => ({
    service,
    condition: one?.condition ?? 'service_started',
    required: one?.required ?? true,
  }));
}

function parsePort(raw: NonNullable<RawService['ports']>[number]): PortModel {
  const published = raw.published === undefined || raw.published === '' ? undefined : String(raw.published);
  return { hostIp: raw.host_ip ?? '', published, target: Number(raw.target), protocol: raw.protocol ?? 'tcp' };
}

/** `tmpfs:` lists paths with options behind a colon, beside the mounts of `volumes:`. */
function parseMounts(raw: RawService): readonly MountModel[] {
  const mounts = (raw.volumes ?? []).map((one): MountModel => {
    const kind = MOUNT_KINDS.find((known) => known === one.type) ?? 'other';
    return { kind, source: one.source || undefined, target: one.target ?? '', readOnly: one.read_only ?? false };
  });
  const tmpfs = [raw.tmpfs ?? []].flat().map((one): MountModel => {
    return { kind: 'tmpfs', source: undefined, target: one.split(':')[0] ?? one, readOnly: false };
  });
  return [...mounts, ...tmpfs];
}

const MOUNT_KINDS = ['volume', 'bind', 'tmpfs'] as const;

function parseEnvironment(raw: RawService['environment']): Readonly<Record<string, string | null>> {
  return mapEntries(raw, (_, value) => (value === null ? null : String(value)));
}

function parseHealthcheck(raw: RawService['healthcheck']): HealthcheckModel | undefined {
  if (!raw || raw.disable || raw.test?.[0] === 'NONE') return undefined;
  const seconds = (text: string | undefined): number | undefined => (text === undefined ? undefined : parseDuration(text));
  return {
    test: raw.test ?? [],
    interval: seconds(raw.interval),
    timeout: seconds(raw.timeout),
    startPeriod: seconds(raw.start_period),
    retries: raw.retries,
  };
}

/** `deploy.restart_policy` stands in for `restart` where that is silent, as compose does. */
function restartOfDeploy(raw: RawService): string | undefined {
  const condition = raw.deploy?.restart_policy?.condition;
  if (condition === undefined) return undefined;
  return { none: 'no', any: 'always' }[condition] ?? condition;
}

/** Sizes come as text of bytes, cpus as number or text; 0 means no limit. */
function positive(value: string | number | undefined): number | undefined {
  const number = Number(value ?? 0);
  return number > 0 ? number : undefined;
}

function parseVolume(key: string, raw: RawVolume | null): VolumeModel {
  return {
    key,
    name: raw?.name ?? key,
    external: isExternal(raw?.external),
    driver: raw?.driver ?? 'local',
    driverOptions: mapEntries(raw?.driver_opts, (_, value) => String(value)),
    labels: mapEntries(raw?.labels, (_, value) => String(value)),
  };
}

/** true, or the older `{name: …}`. */
function isExternal(external: unknown): boolean {
  return external === true || (typeof external === 'object' && external !== null);
}
