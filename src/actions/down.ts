import * as z from 'zod';
import { COMPOSE_LABEL, type ContainerState, DEVCTL_LABEL, type VolumeState } from '#domain/container.ts';
import { databaseOf, removableVolumes, usersOfVolume, type VolumeModel } from '#domain/model.ts';
import type { Kept, Loss, Plan } from '#domain/plan.ts';
import type { Change } from './action.ts';
import { unavailableWithoutEngine } from './availability.ts';
import type { Context } from './context.ts';
import { type ObservedStack, observeStack, observeVolumes } from './observe-stack.ts';
import { flag } from './option-schemas.ts';
import type { DraftStep } from './plan-builder.ts';
import { nameOf, planForStack } from './plan-stack.ts';

const options = z.object({ volumes: flag("delete the stack's volumes as well", 'v') });

/** Takes the stack down; with `volumes`, removes exactly its own volumes afterwards. Never runs `down -v`. */
export const down: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'stack.down',
  command: 'down',
  title: 'Take the stack down',
  summary: 'stop and remove containers and networks; keep data unless --volumes',
  examples: ['devctl down', 'devctl down --volumes'],
  options,
  unavailable: unavailableWithoutEngine,
  plan: async (context, { volumes }) => {
    const observed = await observeStack(context);
    return volumes ? planDownVolumes(observed, await observeDoomed(context, observed)) : planDown(observed);
  },
  done: (plan) => (plan.losses.some(isNamedVolume) ? `${plan.title}: done` : 'The stack is down; its volumes are kept.'),
};

/** What the volumes of a stack are to `down --volumes`. */
export interface DoomedVolumes {
  readonly doomed: readonly { readonly model: VolumeModel; readonly state: VolumeState }[];
  readonly kept: readonly Kept[];
}

/** The plan of a plain `down`; pure. */
export function planDown(observed: ObservedStack): Plan {
  const anonymous = anonymousVolumes(observed.containers);
  return planForStack(observed, {
    action: 'stack.down',
    title: `Take down ${nameOf(observed)}`,
    verb: 'Take it down',
    steps: [...beforeDown(observed), downStep(anonymous.length > 0), emptied(observed)],
    reasons: anonymous.map((loss) => `${loss.name.slice(0, 12)}… ${loss.detail}`),
    losses: anonymous,
    keeps: removableVolumes(observed.model).map((volume) => ({ kind: 'volume', name: volume.name, why: 'down keeps volumes' })),
    recovery: { how: 'devctl up', detail: 'devctl up brings the containers back with the same volumes' },
    touchesData: observed.containers.some(
      (container) => databaseOf(container.image) && KEEPS_ITS_DATA.test(container.image) && anonymousVolumes([container]).length > 0,
    ),
    safer: 'devctl stop',
    commandLine: 'devctl down',
  });
}

/** The plan of `down --volumes`: hold, down, look again, then remove exactly the named volumes; pure. */
export function planDownVolumes(observed: ObservedStack, { doomed, kept }: DoomedVolumes): Plan {
  if (doomed.length === 0) return { ...planDown(observed), keeps: kept, commandLine: 'devctl down --volumes' };
  const names = doomed.map(({ state }) => state.name);
  const noun = names.length === 1 ? 'volume' : 'volumes';
  const anonymous = anonymousVolumes(observed.containers);
  return planForStack(observed, {
    action: 'stack.down',
    title: `Delete ${names.length} ${noun} of ${nameOf(observed)}`,
    verb: `Delete ${names.length} ${noun}`,
    steps: [
      ...names.map(holdStep),
      ...beforeDown(observed),
      downStep(anonymous.length > 0),
      ...oneOffsOn(observed.containers, names).map(removeOneOff),
      recheckStep(observed, doomed),
      ...names.map(removeStep),
    ],
    reasons: ['no checkpoint can be made yet: what is deleted is gone for good'],
    losses: [...doomed.map((one) => lossOf(observed, one)), ...anonymous],
    keeps: kept,
    recovery: { how: undefined, detail: 'cannot be undone: this version makes no checkpoints yet' },
    safer: 'devctl down',
    touchesData: true,
    commandLine: 'devctl down --volumes',
  });
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
  return [...new Set(sources.map((mount) => mount.source ?? ''))].map((name) => ({ kind: 'bind', name, why: 'bind mount' }));
}

function beforeDown({ profile }: ObservedStack): readonly DraftStep[] {
  const command = profile.hooks.beforeDown;
  return command
    ? [{ what: `run hook: ${command}`, why: 'hooks.beforeDown', risk: 'none', effect: { kind: 'host-command', command, terminal: false } }]
    : [];
}

function downStep(losesAnonymous: boolean): DraftStep {
  return {
    what: 'stop and remove containers and networks',
    why: 'down',
    risk: losesAnonymous ? 'recreates' : 'interrupts',
    effect: { kind: 'compose', argv: ['down'], allProfiles: true },
  };
}

function emptied(observed: ObservedStack): DraftStep {
  return {
    what: 'see that no container is left',
    why: 'compose exits 0 with leftovers',
    risk: 'none',
    effect: { kind: 'recheck', expect: { volumes: [], unused: [], emptied: observed.identity.projectName } },
  };
}

function holdStep(volume: string): DraftStep {
  return {
    what: `hold volume ${volume}`,
    why: 'so that nobody else can change it meanwhile',
    risk: 'none',
    effect: { kind: 'hold-volume', volume },
    onFailure: [
      { what: `release volume ${volume}`, why: 'the plan ended early', risk: 'none', effect: { kind: 'release-volume', volume } },
    ],
  };
}

function removeStep(volume: string): DraftStep {
  return { what: `remove volume ${volume}`, why: '--volumes', risk: 'irrecoverable', effect: { kind: 'remove-volume', volume } };
}

function removeOneOff(container: ContainerState): DraftStep {
  const { id, name } = container;
  return {
    what: `remove one-off ${name}`,
    why: 'it uses a volume and outlives down',
    risk: 'recreates',
    effect: { kind: 'remove-container', container: id, name },
  };
}

function recheckStep(observed: ObservedStack, doomed: DoomedVolumes['doomed']): DraftStep {
  const volumes = doomed.map(({ state }) => ({ name: state.name, createdAt: state.createdAt }));
  const expect = { volumes, unused: volumes.map((volume) => volume.name), emptied: observed.identity.projectName };
  return { what: 'look again before deleting', why: 'the stack may have changed', risk: 'none', effect: { kind: 'recheck', expect } };
}

function oneOffsOn(containers: readonly ContainerState[], volumes: readonly string[]): readonly ContainerState[] {
  return containers.toSorted(byName).filter((one) => one.oneOff && one.mounts.some((mount) => volumes.includes(mount.source)));
}

function lossOf(observed: ObservedStack, { model, state }: DoomedVolumes['doomed'][number]): Loss {
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
function anonymousVolumes(containers: readonly ContainerState[]): readonly Loss[] {
  return containers
    .filter((container) => !container.oneOff)
    .toSorted(byName)
    .flatMap((container) =>
      container.mounts
        .filter((mount) => mount.kind === 'volume' && /^[0-9a-f]{64}$/.test(mount.source))
        .map(
          (mount): Loss => ({
            kind: 'volume',
            name: mount.source,
            detail: `anonymous volume of ${container.service} at ${mount.target}: stays on disk, but the next up makes a new one`,
          }),
        ),
    );
}

/** The engine lists in no order of its own, and a plan must not change its hash by that. */
function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name.localeCompare(b.name);
}

function isNamedVolume(loss: Loss): boolean {
  return loss.kind === 'volume' && !/^[0-9a-f]{64}$/.test(loss.name);
}

/** Databases whose content people miss; Redis without a named volume is taken for a cache. */
const KEEPS_ITS_DATA = /postgres|postgis|timescale|pgvector|mysql|mariadb|percona|mongo/;
