import type { DependencyCondition } from '#domain/model.ts';

/** What `docker compose config --format json` prints, as far as it is read. */
export interface RawModel {
  readonly name?: string;
  readonly services?: Readonly<Record<string, RawService>> | null;
  readonly volumes?: Readonly<Record<string, RawVolume | null>> | null;
  readonly networks?: Readonly<Record<string, { readonly name?: string; readonly external?: unknown } | null>> | null;
}

export interface RawVolume {
  readonly name?: string;
  readonly external?: unknown;
  readonly driver?: string;
  readonly driver_opts?: Readonly<Record<string, string | number>> | null;
  readonly labels?: Readonly<Record<string, string>> | null;
}

export interface RawService {
  readonly image?: string;
  readonly build?: unknown;
  readonly command?: readonly string[] | null;
  readonly entrypoint?: readonly string[] | null;
  readonly container_name?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition?: DependencyCondition; readonly required?: boolean } | null>>;
  readonly ports?: readonly RawPort[];
  readonly volumes?: readonly RawMount[];
  readonly tmpfs?: string | readonly string[];
  readonly environment?: Readonly<Record<string, string | number | boolean | null>> | null;
  readonly healthcheck?: RawHealthcheck | null;
  readonly profiles?: readonly string[];
  readonly restart?: string;
  readonly cpus?: string | number;
  readonly mem_limit?: string | number;
  readonly scale?: number;
  readonly deploy?: {
    readonly replicas?: number;
    readonly restart_policy?: { readonly condition?: string };
    readonly resources?: { readonly limits?: { readonly cpus?: string | number; readonly memory?: string | number } };
  };
  readonly provider?: unknown;
}

interface RawPort {
  readonly host_ip?: string;
  readonly published?: string | number;
  readonly target: number;
  readonly protocol?: string;
}

interface RawMount {
  readonly type?: string;
  readonly source?: string;
  readonly target?: string;
  readonly read_only?: boolean;
}

interface RawHealthcheck {
  readonly disable?: boolean;
  readonly test?: readonly string[];
  readonly interval?: string;
  readonly timeout?: string;
  readonly start_period?: string;
  readonly retries?: number;
}
