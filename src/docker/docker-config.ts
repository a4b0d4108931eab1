import { join } from 'node:path';
import { DevctlError } from '#domain/error.ts';
import type { Files } from '#system/files.ts';

/** Where Docker's own configuration is looked for. */
export interface DockerHome {
  readonly env: Readonly<Record<string, string>>;
  readonly files: Files;
  readonly home: string;
}

/** The fields of Docker's config.json that devctl reads. */
export interface DockerConfig {
  readonly currentContext: string | undefined;
  readonly cliPluginsExtraDirs: readonly string[];
}

/** `$DOCKER_CONFIG`, or `~/.docker`. */
export function dockerConfigDirectory({ env, home }: Pick<DockerHome, 'env' | 'home'>): string {
  return env.DOCKER_CONFIG || join(home, '.docker');
}

/** Reads config.json; empty when there is none. Throws `environment` when it is no JSON. */
export async function readDockerConfig(where: DockerHome): Promise<DockerConfig> {
  const path = join(dockerConfigDirectory(where), 'config.json');
  const text = await where.files.readText(path);
  const config = text === undefined ? {} : parseConfig(text, path);
  return {
    currentContext: typeof config.currentContext === 'string' ? config.currentContext : undefined,
    cliPluginsExtraDirs: Array.isArray(config.cliPluginsExtraDirs) ? config.cliPluginsExtraDirs.map(String) : [],
  };
}

function parseConfig(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new DevctlError('environment', `${path} is not valid JSON.`, { cause: error, hint: 'docker itself needs it too: repair it.' });
  }
}
