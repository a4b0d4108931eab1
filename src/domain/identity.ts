/** Which engine answered. `id` is the daemon's own (`GET /info` → ID). */
export interface EngineIdentity {
  readonly id: string;
  /** e.g. `unix:///var/run/docker.sock` */
  readonly endpoint: string;
  /** Name of the docker context, `default` when none. */
  readonly context: string;
  /** Not a unix socket, named pipe or loopback TCP. */
  readonly remote: boolean;
  /** Server version, e.g. `26.1.5`. */
  readonly version: string;
}

/** What a plan is about; read again right before every change. */
export interface StackIdentity {
  readonly engineId: string;
  readonly endpoint: string;
  readonly context: string;
  readonly projectName: string;
  readonly profile: string;
  readonly projectDirectory: string;
  /** Absolute compose files, in merge order. */
  readonly files: readonly string[];
  readonly composeProfiles: readonly string[];
}

/** Why a stack on the engine may not be the one on disk (design: profiles, resolution 6). */
export interface ForeignStack {
  readonly reason: 'other-directory' | 'other-engine';
  readonly found: string;
  readonly expected: string;
}
