/** What the Engine API said of a container; one entry per container of the project, one-offs included. */
export interface ContainerState {
  /** Full 64-character id. */
  readonly id: string;
  /** Without the leading slash. */
  readonly name: string;
  readonly project: string;
  readonly service: string;
  /** Replica number, from 1. */
  readonly number: number;
  /** Made by `compose run`; never one of the service's replicas. */
  readonly oneOff: boolean;
  readonly image: string;
  readonly imageId: string;
  readonly status: ContainerStatus;
  readonly health: HealthStatus;
  /** null while it never exited. */
  readonly exitCode: number | null;
  readonly oomKilled: boolean;
  readonly restartCount: number;
  /** The daemon's own words when it could not start (port taken, bad command); empty otherwise. */
  readonly error: string;
  /** ISO 8601, or undefined when it never started or never ended. */
  readonly startedAt: string | undefined;
  readonly finishedAt: string | undefined;
  readonly createdAt: string;
  readonly ports: readonly PublishedPort[];
  readonly mounts: readonly ContainerMount[];
  /** Newest last, five at most; empty without a health check. */
  readonly healthLog: readonly HealthResult[];
  readonly failingStreak: number;
  readonly command: readonly string[];
  readonly tty: boolean;
  readonly restartPolicy: string;
  readonly labels: Readonly<Record<string, string>>;
  /** False: only what the container list says is known (no health log, no exit code, no error). */
  readonly detailed: boolean;
}

export type ContainerStatus = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
export type HealthStatus = 'none' | 'starting' | 'healthy' | 'unhealthy';

export interface PublishedPort {
  readonly hostIp: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: string;
}

export interface ContainerMount {
  readonly kind: string;
  /** Volume name, or host path of a bind. */
  readonly source: string;
  readonly target: string;
}

export interface HealthResult {
  readonly start: string;
  readonly end: string;
  readonly exitCode: number;
  readonly output: string;
}

/** Labels that compose puts on what it makes. */
export const COMPOSE_LABEL = {
  project: 'com.docker.compose.project',
  service: 'com.docker.compose.service',
  number: 'com.docker.compose.container-number',
  oneOff: 'com.docker.compose.oneoff',
  configHash: 'com.docker.compose.config-hash',
  workingDirectory: 'com.docker.compose.project.working_dir',
  configFiles: 'com.docker.compose.project.config_files',
  volume: 'com.docker.compose.volume',
  network: 'com.docker.compose.network',
  version: 'com.docker.compose.version',
} as const;

/** Label on every container that devctl itself makes; its value is what it is for (`holder`, `run`). */
export const DEVCTL_LABEL = 'devctl.purpose';
/** Volume that a holder holds. */
export const DEVCTL_HOLDS_LABEL = 'devctl.holds';

/** A volume on the engine. */
export interface VolumeState {
  readonly name: string;
  readonly driver: string;
  readonly createdAt: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Bytes; undefined where the engine was not asked (it walks the disk). */
  readonly bytes: number | undefined;
  /** Names of containers that mount it, stopped ones included. */
  readonly usedBy: readonly string[];
}

/** A network on the engine. */
export interface NetworkState {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Why a container cannot start, without the daemon's chain of callers around it: the part that a person can act on. One line. */
export function gistOfStartError(error: string): string {
  const line = error.split('\n')[0]?.trim() ?? '';
  return line
    .replace(/^Error response from daemon: /, '')
    .replace(CALLERS, '')
    .replace(/: unknown$/, '');
}

const CALLERS =
  /^(?:failed to create task for container: |failed to create shim task: |OCI runtime create failed: |runc create failed: |unable to start container process: |driver failed programming external connectivity on endpoint \S+ \([0-9a-f]+\): |Error starting userland proxy: )+/;
