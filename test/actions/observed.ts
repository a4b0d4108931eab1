import type { ObservedStack } from '#actions/observe-stack.ts';
import type { ContainerState, VolumeState } from '#domain/container.ts';
import type { ComposeModel, VolumeModel } from '#domain/model.ts';
import type { Plan } from '#domain/plan.ts';
import { aPlan } from '../fakes/plan.ts';
import { type aModel, aProfile } from '../session/builders.ts';

/** Project shop, profile dev, as planners see it. */
export function anObserved(
  model: ComposeModel,
  containers: readonly ContainerState[] = [],
  draft: Partial<ObservedStack> = {},
): ObservedStack {
  const { identity } = aPlan({});
  return {
    profile: aProfile(),
    compose: { files: ['/shop/compose.yaml'], profiles: [], projectName: 'shop', projectDirectory: '/shop' },
    identity,
    engine: { id: 'engine-1', endpoint: identity.endpoint, context: 'default', remote: false, version: '26.1.5' },
    model,
    containers,
    foreign: undefined,
    ...draft,
  };
}

export function aVolumeModel(key: string, draft: Partial<VolumeModel> = {}): VolumeModel {
  return { key, name: `shop_${key}`, external: false, driver: 'local', driverOptions: {}, labels: {}, ...draft };
}

export function aVolume(name: string, draft: Partial<VolumeState> = {}): VolumeState {
  return {
    name,
    driver: 'local',
    createdAt: '2026-11-18T10:00:00Z',
    labels: { 'com.docker.compose.project': 'shop' },
    bytes: 1000,
    usedBy: [],
    ...draft,
  };
}

/** A model with these volumes too. */
export function withVolumes(model: ReturnType<typeof aModel>, ...volumes: VolumeModel[]): ComposeModel {
  return { ...model, volumes: Object.fromEntries(volumes.map((volume) => [volume.key, volume])) };
}

/** A plan as people would write it down; what tests compare. */
export function printPlan(plan: Plan): string {
  return [
    `${plan.title} (${plan.risk})`,
    ...plan.reasons.map((reason) => `! ${reason}`),
    ...plan.steps.flatMap((step) => [
      `${step.id} ${step.what} (${step.risk})`,
      ...step.onFailure.map((undo) => `    on failure: ${undo.what}`),
    ]),
    ...plan.losses.map((loss) => `- ${loss.name}: ${loss.detail}`),
    ...plan.keeps.map((kept) => `= ${kept.name}: ${kept.why}`),
  ].join('\n');
}
