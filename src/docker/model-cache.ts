import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ComposeModel, ServiceModel, VolumeModel } from '#domain/model.ts';
import { maskText } from '#domain/secrets.ts';
import type { Files } from '#system/files.ts';
import type { Locations } from '#system/locations.ts';
import type { ComposeInputs } from './compose.ts';
import { areUnchanged, type ModelDependencies } from './file-stamps.ts';

/** What one cached model belongs to. */
export interface CacheKey {
  readonly inputs: ComposeInputs;
  readonly allProfiles: boolean;
  /** Version text of the Compose that merged it. */
  readonly version: string;
  /** devctl's own environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** A cached model that is still true. */
export interface CachedModel {
  /** Without what may hold a secret; see Compose.cachedModel. */
  readonly model: ComposeModel;
  /** Changes with every write. */
  readonly stamp: string;
}

interface Entry extends CachedModel {
  readonly version: string;
  readonly environment: string;
  readonly dependencies: ModelDependencies;
}

/** Merged models on disk, one file per set of inputs, 0600. */
export interface ModelCache {
  /** undefined when there is none, or when a file, a variable or Compose has changed since. */
  read(key: CacheKey): Promise<CachedModel | undefined>;
  /** Keeps a model unless a file has changed since `dependencies` were looked up. Returns its stamp. */
  write(key: CacheKey, model: ComposeModel, dependencies: ModelDependencies): Promise<string | undefined>;
}

/** The cache in `cache/models`. It may be deleted at any time. */
export function createModelCache(files: Files, locations: Locations): ModelCache {
  const pathOf = (key: CacheKey): string => join(locations.cache, 'models', `${hashInputs(key)}.json`);
  return {
    read: async (key) => {
      const text = await files.readText(pathOf(key));
      const entry = text === undefined ? undefined : parseEntry(text);
      return entry && (await isTrue(files, key, entry)) ? entry : undefined;
    },
    write: async (key, model, dependencies) => {
      if (!(await areUnchanged(files, dependencies.files))) return undefined;
      const environment = hashEnvironment(key, dependencies.names);
      const stamp = sha256([environment, dependencies]);
      const entry: Entry = { model: withoutSecrets(model), stamp, version: key.version, environment, dependencies };
      // A cache that cannot be written (full disk, read-only home) costs time, nothing else.
      await files.writeAtomic(pathOf(key), JSON.stringify(entry), 0o600).catch(() => undefined);
      return stamp;
    },
  };
}

/** A cache file that cannot be read is no cache. */
function parseEntry(text: string): Entry | undefined {
  try {
    return JSON.parse(text) as Entry;
  } catch {
    return undefined;
  }
}

async function isTrue(files: Files, key: CacheKey, entry: Entry): Promise<boolean> {
  if (entry.version !== key.version) return false;
  if (entry.environment !== hashEnvironment(key, entry.dependencies.names)) return false;
  return areUnchanged(files, entry.dependencies.files);
}

function hashInputs({ inputs, allProfiles }: CacheKey): string {
  const { projectName, projectDirectory, files, envFiles, profiles } = inputs;
  return sha256([SHAPE, projectName, projectDirectory, files, envFiles, allProfiles ? '*' : profiles]).slice(0, 32);
}

/** Values stand in the cache only as one hash over all of them. */
function hashEnvironment({ env, inputs }: CacheKey, names: readonly string[]): string {
  const relevant = [...names, 'DOCKER_DEFAULT_PLATFORM'].filter((name) => !name.startsWith('COMPOSE_'));
  return sha256([relevant.map((name) => [name, env[name] ?? null]), Object.entries(inputs.pass).sort()]);
}

function sha256(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** Interpolation puts secrets anywhere: only what is needed to list and order services stays. */
function withoutSecrets(model: ComposeModel): ComposeModel {
  return {
    ...model,
    services: mapValues(model.services, serviceWithoutSecrets),
    volumes: mapValues(model.volumes, (volume): VolumeModel => ({ ...volume, driverOptions: {}, labels: {} })),
  };
}

function serviceWithoutSecrets(service: ServiceModel): ServiceModel {
  const { image, healthcheck } = service;
  return {
    ...service,
    image: image === undefined ? undefined : maskText(image),
    command: undefined,
    entrypoint: undefined,
    environment: mapValues(service.environment, () => null),
    healthcheck: healthcheck && { ...healthcheck, test: [] },
  };
}

function mapValues<V, T>(record: Readonly<Record<string, V>>, map: (value: V) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** Grows when ComposeModel changes its shape, so that older entries are not found. */
const SHAPE = 1;
