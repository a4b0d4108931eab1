import type { Clearance } from '#domain/clearance.ts';
import type { ContainerState, NetworkState, VolumeState } from '#domain/container.ts';
import type { EngineIdentity } from '#domain/identity.ts';
import type { Step } from '#domain/plan.ts';
import type { Endpoint } from './endpoint.ts';

/** The Engine API. Reading methods need nothing and change nothing; changing ones take `(clearance, step)`. */
export interface Engine {
  readonly endpoint: Endpoint;
  /** Throws `environment` when the engine does not answer, may not be used, or is too old. Cached once it has answered. */
  identity(): Promise<EngineIdentity>;
  /** Containers with this project label, one-offs included, `detailed: false`. `undefined`: of all projects. */
  containers(project: string | undefined): Promise<readonly ContainerState[]>;
  /** undefined when it is gone. `detailed: true`. */
  container(id: string): Promise<ContainerState | undefined>;
  /** `project`: only volumes with that label. Bytes only with `sizes` (walks the disk). */
  volumes(options?: { readonly project?: string; readonly sizes?: boolean }): Promise<readonly VolumeState[]>;
  volume(name: string): Promise<VolumeState | undefined>;
  networks(project: string): Promise<readonly NetworkState[]>;
  /** Id (`sha256:…`) of the image that this reference names on the engine now; undefined when there is none. */
  imageId(reference: string): Promise<string | undefined>;
  /** Follows events until aborted; see EventFeed. Never throws. */
  follow(feed: EventFeed, signal: AbortSignal): void;
  /** One sample, without waiting for a second. undefined for a container that does not run. */
  stats(id: string): Promise<StatsSample | undefined>;
  /** Reads logs until aborted or, without `follow`, to their end. Resolves at the end of the stream (also at every restart). */
  logs(id: string, options: LogOptions, signal: AbortSignal): Promise<void>;
  /** Runs a program in a running container, output collected (64 KiB); for probes. */
  probe(id: string, argv: readonly string[], timeoutMs: number): Promise<{ readonly exitCode: number; readonly output: string }>;

  createHolder(clearance: Clearance, step: Step, volume: string): Promise<string>;
  /** Ids of holders of this volume (or of all). */
  holders(volume?: string): Promise<readonly { readonly id: string; readonly volume: string }[]>;
  removeContainer(clearance: Clearance, step: Step, id: string): Promise<void>;
  stopContainer(clearance: Clearance, step: Step, id: string): Promise<void>;
  /** Never forced. Throws `external` when it is in use. */
  removeVolume(clearance: Clearance, step: Step, name: string): Promise<void>;
  /** Frees sockets; nothing may be asked afterwards. */
  close(): void;
}

/** Engine events of one project, for good: reconnects with `since`, and asks for a full re-list after every gap. */
export interface EventFeed {
  readonly project: string;
  /** Subscribed (first time or again after a gap): list everything anew now. */
  onConnected(): void;
  onEvent(event: EngineEvent): void;
  /** Lost: tries again by itself, with back-off. */
  onDisconnected(error: Error): void;
}

export type EngineEvent = {
  /** Nanoseconds since 1970, as a decimal string. */
  readonly timeNano: string;
} & (
  | {
      readonly kind: 'container';
      readonly action: ContainerEventAction;
      readonly id: string;
      readonly service: string;
      readonly name: string;
      readonly attributes: Readonly<Record<string, string>>;
    }
  /** `container`: the id of the container that was put on the network or taken off it (a failed start tells nothing else). */
  | { readonly kind: 'volume' | 'network'; readonly action: string; readonly name: string; readonly container?: string | undefined }
);

export type ContainerEventAction =
  | 'create'
  | 'start'
  | 'die'
  | 'stop'
  | 'kill'
  | 'oom'
  | 'destroy'
  | 'rename'
  | 'pause'
  | 'unpause'
  | 'restart'
  | 'health_status';

export interface StatsSample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Nanoseconds of CPU time since start, of the container and of the whole system. */
  readonly cpuTotal: number;
  readonly systemTotal: number;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** 0: no limit. */
  readonly memoryLimitBytes: number;
  readonly networkReceivedBytes: number;
  readonly networkSentBytes: number;
  readonly blockReadBytes: number;
  readonly blockWrittenBytes: number;
  readonly processes: number;
}

export interface LogOptions {
  readonly follow: boolean;
  /** Last lines only; undefined: all. */
  readonly tail: number | undefined;
  /** `seconds.nanoseconds`, inclusive. */
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly tty: boolean;
  onLine(line: LogRecord): void;
}

export interface LogRecord {
  readonly stream: 'stdout' | 'stderr';
  /** RFC 3339 with nanoseconds, as the engine gave it. */
  readonly time: string;
  /** Without line end; escape sequences as the program wrote them. */
  readonly text: string;
}
