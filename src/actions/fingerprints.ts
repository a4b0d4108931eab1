import { COMPOSE_LABEL, type ContainerState } from '#domain/container.ts';
import type { Context } from './context.ts';
import type { ObservedStack } from './observe-stack.ts';
import { statePath } from './stack-paths.ts';

/** A service whose container `up` would replace, or may replace. */
export interface ChangedService {
  readonly service: string;
  /** `its definition changed`, `its image changed`, `it cannot be told whether it changed` */
  readonly because: string;
}

/** Container id → fingerprint of the definition that it was made from, as devctl's own `up` recorded it. */
type Recorded = Readonly<Record<string, string>>;

/**
 * Services whose containers differ from the model, or may differ. devctl's own record decides where there is one; compose's
 * label only where the same version wrote it and it matches, since it is wrong across versions and with env files
 * (reference: compose-wrapping §3).
 */
export async function observeChanged(context: Context, observed: ObservedStack): Promise<readonly ChangedService[]> {
  const replicas = observed.containers.filter((one) => !one.oneOff && observed.model.services[one.service]);
  if (replicas.length === 0) return [];
  const [compose, inputs, recorded] = await Promise.all([context.compose(), context.inputs(), readRecorded(context)]);
  const needsHashes = replicas.some((one) => recorded[one.id] === undefined);
  const [prints, hashes] = await Promise.all([compose.fingerprints(inputs), needsHashes ? compose.hashes(inputs) : Promise.resolve({})]);
  const changed = await Promise.all(
    replicas.map(async (one) => whyChanged(one, { recorded, prints, hashes, image: await imageNow(context, observed, one) })),
  );
  return dedupe(changed.filter((one) => one !== undefined));
}

/** Records what the containers of the stack were made from; those that are gone drop out. */
export async function recordFingerprints(context: Context): Promise<void> {
  const [engine, compose, inputs] = await Promise.all([context.engine(), context.compose(), context.inputs()]);
  const [containers, prints] = await Promise.all([engine.containers(inputs.projectName), compose.fingerprints(inputs)]);
  const record = Object.fromEntries(
    containers.filter((one) => !one.oneOff && prints[one.service]).map((one) => [one.id, prints[one.service]]),
  );
  await context.edges.files.writeAtomic(await pathOf(context), JSON.stringify(record), 0o600);
}

interface Evidence {
  readonly recorded: Recorded;
  readonly prints: Readonly<Record<string, string>>;
  readonly hashes: Readonly<Record<string, string>>;
  /** Id of the image that the service would use now. */
  readonly image: string | undefined;
}

/** Why one container would be replaced; undefined when it would not; pure. */
function whyChanged(container: ContainerState, evidence: Evidence): ChangedService | undefined {
  const { service } = container;
  if (evidence.image !== undefined && evidence.image !== container.imageId) return { service, because: 'its image changed' };
  const recorded = evidence.recorded[container.id];
  if (recorded !== undefined) return recorded === evidence.prints[service] ? undefined : { service, because: 'its definition changed' };
  if (evidence.hashes[service] === container.labels[COMPOSE_LABEL.configHash]) return undefined;
  return { service, because: 'its definition changed, or it cannot be told' };
}

async function imageNow(context: Context, { model }: ObservedStack, container: ContainerState): Promise<string | undefined> {
  const service = model.services[container.service];
  return (await context.engine()).imageId(service?.image ?? `${model.name}-${container.service}`);
}

async function readRecorded(context: Context): Promise<Recorded> {
  const text = await context.edges.files.readText(await pathOf(context));
  try {
    return JSON.parse(text ?? '{}') as Recorded;
  } catch {
    return {}; // damaged: fall back to compose's label
  }
}

async function pathOf(context: Context): Promise<string> {
  return statePath(context.edges.locations, (await context.state()).key, 'fingerprints.json');
}

function dedupe(changed: readonly ChangedService[]): readonly ChangedService[] {
  return [...new Map(changed.map((one) => [one.service, one])).values()];
}
