import { COMPOSE_LABEL, type ContainerState, DEVCTL_LABEL, type VolumeState } from '#domain/container.ts';
import { databaseOf, usersOfVolume, type VolumeModel } from '#domain/model.ts';
import type { Kept, Loss } from '#domain/plan.ts';
import { compareText } from '#domain/text.ts';
import type { Context } from './context.ts';
import { type ObservedStack, observeVolumes } from './observe-stack.ts';

/** What the volumes of a stack are to `down --volumes`. */
export interface DoomedVolumes {
  readonly doomed: readonly { readonly model: VolumeModel; readonly state: VolumeState }[];
  readonly kept: readonly Kept[];
}

/** Sorts the volumes near the stack into those that `--volumes` deletes and those that stay, with the reason. */
export async function observeDoomed(context: Context, observed: ObservedStack): Promise<DoomedVolumes> {
  const engine = await context.engine();
  const [there, all] = await Promise.all([observeVolumes(context, observed), engine.volumes({ sizes: true })]);
  const sized = there.map((volume) => all.find((one) => one.name === volume.name) ?? volume);
  const inUse = await engine.containers(undefined);
  return sortVolumes(observed, sized, inUse);
}

/** Candidates are non-external volumes of the model that carry the project's label and that nobody else uses; pure. */
export function sortVolumes(
  observed: ObservedStack,
  volumes: readonly VolumeState[],
  everyContainer: readonly ContainerState[],
): DoomedVolumes {
  const project = observed.identity.projectName;
  const models = Object.values(observed.model.volumes);
  const doomed: { model: VolumeModel; state: VolumeState }[] = [];
  const kept: Kept[] = bindMounts(observed);
  for (const state of volumes.toSorted(byName)) {
    const model = models.find((one) => one.name === state.name);
    const why = whyKept(state, model, project, everyContainer);
    if (why !== undefined) kept.push({ kind: 'volume', name: state.name, why });
    else if (model) doomed.push({ model, state });
  }
  return { doomed, kept };
}

function whyKept(
  state: VolumeState,
  model: VolumeModel | undefined,
  project: string,
  containers: readonly ContainerState[],
): string | undefined {
  if (!model) return 'of no service in this profile';
  if (model.external) return 'external';
  if (state.labels[COMPOSE_LABEL.project] !== project) return `not made by project ${project}`;
  const foreign = containers.find(
    (one) =>
      one.project !== project &&
      one.labels[DEVCTL_LABEL] === undefined &&
      one.mounts.some((mount) => mount.kind === 'volume' && mount.source === state.name),
  );
  return foreign ? `also used by ${foreign.name} of another project` : undefined;
}

function bindMounts(observed: ObservedStack): Kept[] {
  const sources = Object.values(observed.model.services).flatMap((service) =>
    service.mounts.filter((mount) => mount.kind === 'bind' && mount.source),
  );
  const paths = new Set(sources.map((mount) => mount.source ?? ''));
  return [...paths].map((path) => ({ kind: 'bind', name: shortPath(path, observed.identity.projectDirectory), why: 'bind mount' }));
}

/** `./data` for what lies in the project, the whole path otherwise. */
function shortPath(path: string, directory: string): string {
  return path.startsWith(`${directory}/`) ? `.${path.slice(directory.length)}` : path;
}

/** A volume that is deleted, as the preview tells it. */
export function lossOf(observed: ObservedStack, { model, state }: DoomedVolumes['doomed'][number]): Loss {
  const users = usersOfVolume(observed.model, model.key);
  const kinds = users.map((name) => databaseOf(observed.model.services[name]?.image)).filter((kind) => kind !== undefined);
  const detail = [
    ...new Set(kinds),
    users.length > 0 ? `used by ${users.join(', ')}` : 'used by no service',
    `made ${state.createdAt.slice(0, 10)}`,
  ];
  return { kind: 'volume', name: state.name, bytes: state.bytes, detail: detail.join(' · ') };
}

/** Anonymous volumes have 64 hexadecimal digits for a name; the next `up` makes new, empty ones. */
export function anonymousVolumes(containers: readonly ContainerState[]): readonly Loss[] {
  return containers
    .filter((container) => !container.oneOff)
    .toSorted(byName)
    .flatMap((container) =>
      container.mounts
        .filter((mount) => mount.kind === 'volume' && /^[0-9a-f]{64}$/.test(mount.source))
        .toSorted((a, b) => compareText(a.target, b.target))
        .map(
          (mount): Loss => ({
            kind: 'volume',
            name: `anonymous volume of ${container.service}`,
            reference: mount.source,
            detail: `at ${mount.target}: stays on disk as ${mount.source.slice(0, 12)}…, but the next up makes a new one`,
          }),
        ),
    );
}

/** The engine lists in no order of its own, and a plan must not change its hash by that. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return compareText(a.name, b.name);
}

/** Whether a loss is a volume of the stack's own, not an anonymous one. */
export function isNamedVolume(loss: Loss): boolean {
  return loss.kind === 'volume' && loss.reference === undefined;
}
