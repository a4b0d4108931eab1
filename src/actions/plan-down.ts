import type { ContainerState } from '#domain/container.ts';
import { databaseOf, removableVolumes } from '#domain/model.ts';
import type { Plan } from '#domain/plan.ts';
import { anonymousVolumes, byName, type DoomedVolumes, lossOf } from './doomed-volumes.ts';
import type { ObservedStack } from './observe-stack.ts';
import type { DraftStep } from './plan-builder.ts';
import { nameOf, planForStack } from './plan-stack.ts';

/** The plan of a plain `down`; pure. */
export function planDown(observed: ObservedStack): Plan {
  const anonymous = anonymousVolumes(observed.containers);
  return planForStack(observed, {
    action: 'stack.down',
    title: `Take down ${nameOf(observed)}`,
    verb: 'Take it down',
    steps: [...beforeDown(observed), downStep(anonymous.length > 0), emptied(observed)],
    reasons: anonymous.map((loss) => `${loss.name} ${loss.detail}`),
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

/** Databases whose content people miss; Redis without a named volume is taken for a cache. */
const KEEPS_ITS_DATA = /postgres|postgis|timescale|pgvector|mysql|mariadb|percona|mongo/;
