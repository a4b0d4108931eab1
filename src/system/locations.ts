import { isAbsolute, join } from 'node:path';

/** Where devctl keeps what is its own (design: architecture, "State on disk"). Absolute directories; may not exist yet. */
export interface Locations {
  /** `$XDG_DATA_HOME/devctl` */
  readonly data: string;
  /** `$XDG_STATE_HOME/devctl` */
  readonly state: string;
  /** `$XDG_CONFIG_HOME/devctl` */
  readonly config: string;
  /** `$XDG_CACHE_HOME/devctl` */
  readonly cache: string;
}

/** Reads the XDG variables; the specification says to ignore what is not absolute. */
export function resolveLocations(env: Readonly<Record<string, string>>, home: string): Locations {
  const under = (variable: string, fallback: string): string => {
    const value = env[variable] ?? '';
    return join(isAbsolute(value) ? value : join(home, fallback), 'devctl');
  };
  return {
    data: under('XDG_DATA_HOME', '.local/share'),
    state: under('XDG_STATE_HOME', '.local/state'),
    config: under('XDG_CONFIG_HOME', '.config'),
    cache: under('XDG_CACHE_HOME', '.cache'),
  };
}
