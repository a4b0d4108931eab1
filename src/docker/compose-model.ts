import type { ComposeModel } from '#domain/model.ts';
import type { Files } from '#system/files.ts';
import type { Locations } from '#system/locations.ts';
import type { ComposeInputs, ComposeVersion } from './compose.ts';
import { type CacheKey, createModelCache } from './model-cache.ts';
import { parseModel } from './parse-model.ts';

/** What the two ways to a model need. */
export interface ModelEdges {
  readonly files: Files;
  readonly locations: Locations;
  readonly env: Readonly<Record<string, string>>;
  version(): Promise<ComposeVersion>;
  /** undefined when it would have to be asked for. */
  cachedVersion(): Promise<ComposeVersion | undefined>;
  /** What `docker compose config --format json` prints. */
  readConfig(inputs: ComposeInputs, allProfiles: boolean): Promise<string>;
}

/** Models of inputs: from compose, or from the cache. */
export interface ModelReader {
  read(inputs: ComposeInputs, allProfiles: boolean): Promise<ComposeModel>;
  readCached(inputs: ComposeInputs, allProfiles: boolean): Promise<ComposeModel | undefined>;
}

/** Reads models; one with its values is kept in memory as long as the entry on disk is true. */
export function createModelReader(edges: ModelEdges): ModelReader {
  const { files, env } = edges;
  const cache = createModelCache(files, edges.locations);
  const inMemory = new Map<string, { readonly stamp: string; readonly model: ComposeModel }>();
  const mergeAnew = async (key: CacheKey): Promise<ComposeModel> => {
    // Loads the YAML parser, which reading from the cache must not.
    const { findDependencies } = await import('./compose-dependencies.ts');
    // Looked up before compose reads the files: a change between the two then shows as a difference.
    const dependencies = await findDependencies(files, key.inputs);
    const model = parseModel(await edges.readConfig(key.inputs, key.allProfiles));
    const stamp = dependencies && (await cache.write(key, model, dependencies));
    if (stamp) inMemory.set(memoryKey(key), { stamp, model });
    return model;
  };
  return {
    read: async (inputs, allProfiles) => {
      const key: CacheKey = { inputs, allProfiles, env, version: (await edges.version()).text };
      const known = inMemory.get(memoryKey(key));
      const entry = known && (await cache.read(key));
      return known && entry?.stamp === known.stamp ? known.model : mergeAnew(key);
    },
    readCached: async (inputs, allProfiles) => {
      const version = await edges.cachedVersion();
      return version && (await cache.read({ inputs, allProfiles, env, version: version.text }))?.model;
    },
  };
}

function memoryKey({ inputs, allProfiles }: CacheKey): string {
  return JSON.stringify([inputs, allProfiles]);
}
