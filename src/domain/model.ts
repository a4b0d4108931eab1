/** The merged compose model, read from `docker compose config --format json`; values unescaped (`$$` → `$`). */
export interface ComposeModel {
  readonly name: string;
  readonly services: Readonly<Record<string, ServiceModel>>;
  readonly volumes: Readonly<Record<string, VolumeModel>>;
  readonly networks: Readonly<Record<string, NetworkModel>>;
}

export type DependencyCondition = 'service_started' | 'service_healthy' | 'service_completed_successfully';

export interface Dependency {
  readonly service: string;
  readonly condition: DependencyCondition;
  readonly required: boolean;
}

export interface PortModel {
  /** Empty string: all addresses. */
  readonly hostIp: string;
  /** Absent, a number or a range as written (`8000-8010`). */
  readonly published: string | undefined;
  readonly target: number;
  readonly protocol: string;
}

export interface MountModel {
  readonly kind: 'volume' | 'bind' | 'tmpfs' | 'other';
  /** Volume key in the model, host path for a bind, undefined for an anonymous volume. */
  readonly source: string | undefined;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface HealthcheckModel {
  readonly test: readonly string[];
  /** Seconds; undefined where the file is silent. */
  readonly interval: number | undefined;
  readonly timeout: number | undefined;
  readonly startPeriod: number | undefined;
  readonly retries: number | undefined;
}

export interface ServiceModel {
  readonly name: string;
  readonly image: string | undefined;
  /** Whether the service has a `build:` section. */
  readonly builds: boolean;
  readonly command: readonly string[] | undefined;
  readonly entrypoint: readonly string[] | undefined;
  readonly containerName: string | undefined;
  readonly dependsOn: readonly Dependency[];
  readonly ports: readonly PortModel[];
  readonly mounts: readonly MountModel[];
  /** null: passed through from the shell and unset there. */
  readonly environment: Readonly<Record<string, string | null>>;
  readonly healthcheck: HealthcheckModel | undefined;
  /** Compose profiles that enable it; empty: always. */
  readonly profiles: readonly string[];
  readonly restart: string | undefined;
  readonly cpuLimit: number | undefined;
  /** Bytes. */
  readonly memoryLimit: number | undefined;
  readonly replicas: number;
  /** A `provider:` service has no container of its own. */
  readonly provider: boolean;
}

export interface VolumeModel {
  readonly key: string;
  /** Real name on the engine. */
  readonly name: string;
  readonly external: boolean;
  readonly driver: string;
  readonly driverOptions: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

export interface NetworkModel {
  readonly key: string;
  readonly name: string;
  readonly external: boolean;
}

/** Images whose volumes hold a database; used to name what is lost. Registry, tag and vendor prefix do not matter. */
export function isDataService(service: ServiceModel): boolean {
  return service.mounts.some((mount) => mount.kind === 'volume') || databaseOf(service.image) !== undefined;
}

/** The database in an image name (`postgres:17-alpine` → `PostgreSQL`), or undefined. */
export function databaseOf(image: string | undefined): string | undefined {
  const name = image?.split('@')[0]?.split('/').at(-1)?.split(':')[0]?.toLowerCase() ?? '';
  return DATABASES.find(([pattern]) => pattern.test(name))?.[1];
}

const DATABASES: readonly (readonly [RegExp, string])[] = [
  [/postgres|postgis|timescale|pgvector/, 'PostgreSQL'],
  [/mariadb/, 'MariaDB'],
  [/mysql|percona/, 'MySQL'],
  [/mongo/, 'MongoDB'],
  [/redis/, 'Redis'],
  [/valkey/, 'Valkey'],
];

/** Whether another service waits for this one to end with 0. */
export function isAwaitedJob(model: ComposeModel, name: string): boolean {
  return Object.values(model.services).some((other) =>
    other.dependsOn.some((dependency) => dependency.service === name && dependency.condition === 'service_completed_successfully'),
  );
}

/** Whether a service looks like a one-shot: nothing would start it again, it publishes no port, it has no health check. */
export function hasJobShape({ restart, ports, healthcheck }: ServiceModel): boolean {
  return restart !== 'always' && restart !== 'unless-stopped' && ports.length === 0 && healthcheck === undefined;
}

/** Real names of the model's volumes that `down --volumes` may remove: all but the external ones. */
export function removableVolumes(model: ComposeModel): readonly VolumeModel[] {
  return Object.values(model.volumes).filter((volume) => !volume.external);
}

/** Names of the services that mount a volume (by its key in the model). */
export function usersOfVolume(model: ComposeModel, key: string): readonly string[] {
  return Object.values(model.services)
    .filter((service) => service.mounts.some((mount) => mount.kind === 'volume' && mount.source === key))
    .map((service) => service.name);
}
