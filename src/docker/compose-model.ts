import type { ComposeModel } from '#domain/model.ts';
import type { Files } from '#system/files.ts';
import type { Locations } from '#system/locations.ts';
import type { ComposeInputs, ComposeVersion } from './compose.ts';
import { fingerprintServices } from './fingerprints.ts';
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
  /** Service → SHA-256 of its definition, of what the model was made from. */
  readFingerprints(inputs: ComposeInputs): Promise<Readonly<Record<string, string>>>;
}

/** What compose printed, in both forms. */
interface Merged {
  readonly model: ComposeModel;
  readonly fingerprints: Readonly<Record<string, string>>;
}

/** Reads models; one with its values is kept in memory as long as the entry on disk is true. */
export function createModelReader(edges: ModelEdges): ModelReader {
  const { files, env } = edges;
  const cache = createModelCache(files, edges.locations);
  const inMemory = new Map<string, Merged & { readonly stamp: string }>();
  const mergeAnew = async (key: CacheKey): Promise<Merged> => {
    // Loads the YAML parser, which reading from the cache must not.
    const { findDependencies } = await import('./compose-dependencies.ts');
    // Looked up before compose reads the files: a change between the two then shows as a difference.
    const dependencies = await findDependencies(files, key.inputs);
    const printed = await edges.readConfig(key.inputs, key.allProfiles);
    const merged = { model: parseModel(printed), fingerprints: fingerprintServices(printed) };
    const stamp = dependencies && (await cache.write(key, merged.model, dependencies));
    if (stamp) inMemory.set(memoryKey(key), { stamp, ...merged });
    return merged;
  };
  const readThrough = async (inputs: ComposeInputs, allProfiles: boolean): Promise<Merged> => {
    const key: CacheKey = { inputs, allProfiles, env, version: (await edges.version()).text };
    const known = inMemory.get(memoryKey(key));
    const entry = known && (await cache.read(key));
    return known && entry?.stamp === known.stamp ? known : mergeAnew(key);
  };
  const underWay = new Map<string, Promise<Merged>>();
  /** Whoever asks while compose is still merging gets the same answer. */
  const merge = (inputs: ComposeInputs, allProfiles: boolean): Promise<Merged> => {
    const key = memoryKey({ inputs, allProfiles });
    const running = underWay.get(key) ?? readThrough(inputs, allProfiles).finally(() => underWay.delete(key));
    underWay.set(key, running);
    return running;
  };
  return {
    read: async (inputs, allProfiles) => (await merge(inputs, allProfiles)).model,
    readFingerprints: async (inputs) => (await merge(inputs, false)).fingerprints,
    readCached: async (inputs, allProfiles) => {
      const version = await edges.cachedVersion();
      return version && (await cache.read({ inputs, allProfiles, env, version: version.text }))?.model;
    },
  };
}

function memoryKey({ inputs, allProfiles }: Pick<CacheKey, 'inputs' | 'allProfiles'>): string {
  return JSON.stringify([inputs, allProfiles]);
}
