import type { ContainerState } from '#domain/container.ts';
import type { ForeignStack } from '#domain/identity.ts';
import type { ComposeModel } from '#domain/model.ts';
import type { Profile, Project } from '#domain/profile.ts';
import type { Protection } from '#domain/protection.ts';

/** Everything that a screen, a key or an action may know about the live stack. Plain data; replaced, never changed. */
export interface SessionState {
  readonly project: Project;
  readonly profile: Profile;
  /** Strictest of all that applies (domain/protection), not only the profile's own. */
  readonly protection: Protection;
  readonly profiles: readonly Profile[];
  readonly connection: Connection;
  readonly model: ModelState;
  readonly containers: Readonly<Record<string, ContainerState>>;
  /** By container id. */
  readonly stats: Readonly<Record<string, StatsState>>;
  /** By probe name. */
  readonly probes: Readonly<Record<string, ProbeState>>;
  /** By service, once it was asked for (`Session.checkDrift`); what is not in it is not known. */
  readonly drift: Readonly<Record<string, Drift>>;
  readonly foreign: ForeignStack | undefined;
  /** Open journal entries of processes that died: a recovery is due. */
  readonly unfinished: readonly string[];
  /** Changes whenever lines came in; the lines themselves are in the log store. */
  readonly logVersion: number;
  /** Services of all compose profiles; undefined until a container asked for it (told apart: orphan, or another profile's). */
  readonly allServices: readonly string[] | undefined;
  /** Ids of containers that somebody asked to stop since the session began, so that their exit code is no failure. */
  readonly stopRequested: Readonly<Record<string, true>>;
  /** By container id: who holds the port that it could not get. */
  readonly portHolders: Readonly<Record<string, PortHolder>>;
}

/** Who listens on a port of this machine. */
export type PortHolder = { readonly port: number; readonly protocol: string } & (
  | { readonly kind: 'container'; readonly name: string; readonly project: string }
  /** `pid` and `program` are undefined for a process of another user that may not be looked at. */
  | { readonly kind: 'process'; readonly pid: number | undefined; readonly program: string | undefined; readonly uid: number | undefined }
  | { readonly kind: 'unknown' }
);

export type Connection =
  | { readonly status: 'connecting' }
  | { readonly status: 'connected'; readonly engineVersion: string; readonly context: string; readonly endpoint: string }
  | { readonly status: 'lost'; readonly since: string; readonly error: string; readonly hint: string | undefined };

export type ModelState =
  | { readonly status: 'loading'; readonly model: ComposeModel | undefined }
  | { readonly status: 'ready'; readonly model: ComposeModel }
  | { readonly status: 'failed'; readonly error: string; readonly hint: string | undefined; readonly model: ComposeModel | undefined }
  /** Host-only profile. */
  | { readonly status: 'none'; readonly model: undefined };

export interface StatsState {
  /** Percent of one core; undefined until two samples are there. */
  readonly cpuPercent: number | undefined;
  readonly memoryBytes: number;
  readonly memoryLimitBytes: number;
  readonly networkReceivedBytes: number;
  readonly networkSentBytes: number;
  readonly blockReadBytes: number;
  readonly blockWrittenBytes: number;
  readonly processes: number;
  /** Percent of one core, oldest first, 60 at most. */
  readonly cpuHistory: readonly number[];
  /** Bytes, oldest first, 60 at most. */
  readonly memoryHistory: readonly number[];
}

export type CheckStatus = 'healthy' | 'degraded' | 'unhealthy' | 'starting' | 'unknown';

export interface ProbeState {
  readonly name: string;
  readonly kind: 'http' | 'tcp' | 'sql';
  readonly status: CheckStatus;
  readonly latencyMs: number | undefined;
  /** Milliseconds, oldest first, 60 at most; -1 for a failure. */
  readonly history: readonly number[];
  /** Results of the same status in a row. */
  readonly streak: number;
  /** ISO 8601: when the status last changed. */
  readonly since: string;
  /** What it said last, neutralised. */
  readonly output: string;
}

export type Drift = 'none' | 'config' | 'image' | 'files' | 'unknown';
