import type { SourceLocation } from './location.ts';
import type { Protection, Role } from './protection.ts';

/** A directory with a devctl.yaml or compose files. All paths absolute. */
export interface Project {
  readonly name: string;
  readonly root: string;
  /** devctl.yaml, or undefined when profiles are inferred. */
  readonly config: string | undefined;
  /** Why this root was taken, e.g. `nearest compose file`. */
  readonly foundBy: string;
}

export interface ProbeExpectation {
  readonly status?: number | undefined;
  /** Top-level (or dotted) keys of a JSON body and their values. */
  readonly json?: Readonly<Record<string, unknown>> | undefined;
}

export type Probe = {
  readonly name: string;
  /** Service it tells about, where that is known. */
  readonly service: string | undefined;
  readonly everySeconds: number;
  readonly timeoutSeconds: number;
  readonly expect: ProbeExpectation;
  readonly degraded: (ProbeExpectation & { readonly slowerThanMs?: number | undefined }) | undefined;
} & (
  | { readonly kind: 'http'; readonly url: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  /** `SELECT 1` through the client in the service's own container. */
  | { readonly kind: 'sql'; readonly target: string }
);

/** One of the team's own commands; on the host, or in a service. */
export interface TeamCommand {
  readonly run: 'host' | 'service';
  readonly service: string | undefined;
  readonly command: string;
  readonly description: string | undefined;
}

/** A resolved, validated profile. All paths absolute; every field has its final value. */
export interface Profile {
  readonly name: string;
  readonly description: string | undefined;
  readonly role: Role;
  readonly protection: Protection;
  readonly source: 'file' | 'inferred' | 'shipped';
  /** The default of its project. */
  readonly isDefault: boolean;
  /** undefined: a host-only profile (a database on the host, a managed one). */
  readonly compose: ProfileCompose | undefined;
  /** Stacks that come up first, by profile name. */
  readonly requires: readonly string[];
  readonly env: ProfileEnv;
  /** Docker context or host of its own; both undefined: whatever docker uses now. */
  readonly engine: { readonly context: string | undefined; readonly host: string | undefined };
  readonly health: { readonly deadlineSeconds: number; readonly probes: readonly Probe[] };
  readonly commands: Readonly<Record<string, TeamCommand>>;
  readonly hooks: { readonly afterUp: string | undefined; readonly beforeDown: string | undefined };
  /** Every setting as written and where it stands, by dotted path (`compose.files.0`); those of later features included. */
  readonly origin: Readonly<Record<string, SettingOrigin>>;
}

/** One value of a file, before defaults and units. */
export interface SettingOrigin extends SourceLocation {
  readonly value: string | number | boolean | null;
}

/** A profile, or why it cannot be used; the others work all the same. */
export type ProfileOrError = { readonly profile: Profile } | { readonly name: string; readonly error: Error };

export interface ProfileCompose {
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  readonly projectName: string;
  readonly projectDirectory: string;
}

export interface ProfileEnv {
  /** Interpolation for compose, later wins; absolute. */
  readonly files: readonly string[];
  /** For commands on the host, never for compose. */
  readonly host: readonly string[];
  /** Names taken from devctl's own environment and handed to compose. */
  readonly pass: readonly string[];
  readonly template: string | undefined;
  readonly required: readonly string[];
}
