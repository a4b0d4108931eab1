import type { Compose, ComposeInputs } from '#docker/compose.ts';
import type { Engine } from '#docker/engine.ts';
import { COMPOSE_LABEL, type ContainerState } from '#domain/container.ts';
import type { Files } from '#system/files.ts';
import { replicasByService } from './services.ts';
import type { Drift, SessionState } from './state.ts';

/** What the drift of one stack is judged by. */
export interface DriftFacts {
  /** Service → hash that compose would give it now. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Version of compose that made `hashes`, e.g. `2.26.1-4`. */
  readonly composeVersion: string;
  /** Absolute compose files, in merge order. */
  readonly files: readonly string[];
  /** Image reference → id that it names now; undefined for one that is not on the engine. */
  readonly imageIds: ReadonlyMap<string, string | undefined>;
  /** The files use something that compose hashes wrongly (see `hasUnreliableHash`). */
  readonly isUnreliable: boolean;
}

/** What reading the facts needs. */
export interface DriftEdges {
  readonly engine: Pick<Engine, 'imageId'>;
  readonly compose: Compose;
  readonly inputs: ComposeInputs;
  readonly files: Pick<Files, 'readText'>;
}

/** Service → whether its containers differ from the files as they are now. Runs compose once; on demand only. */
export async function findDrift(containers: SessionState['containers'], edges: DriftEdges): Promise<Readonly<Record<string, Drift>>> {
  const { compose, inputs } = edges;
  const images = [...new Set(Object.values(containers).map((one) => one.image))];
  const [hashes, version, imageIds, texts] = await Promise.all([
    compose.hashes(inputs),
    compose.version(),
    Promise.all(images.map(async (image) => [image, await edges.engine.imageId(image)] as const)),
    Promise.all(inputs.files.map((path) => edges.files.readText(path))),
  ]);
  const isUnreliable = texts.some((text) => text !== undefined && hasUnreliableHash(text));
  const facts = { hashes, composeVersion: version.text, files: inputs.files, imageIds: new Map(imageIds), isUnreliable };
  return Object.fromEntries([...replicasByService(containers)].map(([service, replicas]) => [service, driftOf(service, replicas, facts)]));
}

/**
 * `none` when every replica carries today's hash and its image is today's; `image` when only that is another; `files` when it was made from another list of compose files, `config`
 * when it was made from other contents. The label proves a difference only when the same version of compose made it
 * (reference: compose-wrapping §3, "Out of date?"); else `unknown`.
 */
export function driftOf(service: string, replicas: readonly ContainerState[], facts: DriftFacts): Drift {
  const now = facts.hashes[service];
  // A service of a compose profile that is not active has no hash.
  if (now === undefined || replicas.length === 0) return 'unknown';
  const changed = replicas.filter((one) => one.labels[COMPOSE_LABEL.configHash] !== now);
  if (changed.length === 0) return replicas.some((one) => hasNewerImage(one, facts)) ? 'image' : 'none';
  if (changed.some((one) => one.labels[COMPOSE_LABEL.configFiles] !== facts.files.join(','))) return 'files';
  const isSameVersion = changed.every((one) => release(one.labels[COMPOSE_LABEL.version] ?? '') === release(facts.composeVersion));
  return isSameVersion && !facts.isUnreliable ? 'config' : 'unknown';
}

/** Its reference names another image now (rebuilt, pulled). */
function hasNewerImage(container: ContainerState, facts: DriftFacts): boolean {
  const now = facts.imageIds.get(container.image);
  return now !== undefined && now !== container.imageId;
}

/** Compose before 5.5 hashes a service with `env_file:` otherwise in `config --hash` than in `up`, and one that shares a namespace before 5.3. */
export function hasUnreliableHash(composeFile: string): boolean {
  return /^\s*["']?env_file["']?\s*:/m.test(composeFile) || /^\s*(?:network_mode|ipc|pid)\s*:\s*["']?service:/m.test(composeFile);
}

/** `2.26.1` of `v2.26.1-4`: packagers add suffixes that the label lacks. */
function release(version: string): string {
  return /\d+\.\d+\.\d+/.exec(version)?.[0] ?? version;
}
