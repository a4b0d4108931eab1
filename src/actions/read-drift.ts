import { COMPOSE_LABEL, type ContainerState } from '#domain/container.ts';
import { findDrift } from '#session/drift.ts';
import type { ServiceView } from '#session/service.ts';
import type { Drift } from '#session/state.ts';
import type { Context } from './context.ts';

/**
 * Service → whether its containers differ from the files. `exact` runs compose. Without it only another image or another list
 * of files is told, which takes no compose, and everything else is `unknown`; a service without containers is `none`.
 */
export async function readDrift(context: Context, views: readonly ServiceView[], exact: boolean): Promise<ReadonlyMap<string, Drift>> {
  const there = views.filter((view) => view.containers.length > 0);
  const none = views.filter((view) => view.containers.length === 0).map((view) => [view.name, 'none'] as const);
  const found = exact ? await askCompose(context, there) : await readLabels(context, there);
  return new Map<string, Drift>([...none, ...found]);
}

async function askCompose(context: Context, views: readonly ServiceView[]): Promise<readonly (readonly [string, Drift])[]> {
  const [engine, compose, inputs] = await Promise.all([context.engine(), context.compose(), context.inputs()]);
  const containers = Object.fromEntries(views.flatMap((view) => view.containers).map((one) => [one.id, one]));
  return Object.entries(await findDrift(containers, { engine, compose, inputs, files: context.edges.files }));
}

async function readLabels(context: Context, views: readonly ServiceView[]): Promise<readonly (readonly [string, Drift])[]> {
  const [engine, { files }] = await Promise.all([context.engine(), context.inputs()]);
  const references = [...new Set(views.flatMap((view) => view.containers.map((one) => one.image)))];
  const ids = new Map(await Promise.all(references.map(async (one) => [one, await engine.imageId(one)] as const)));
  const hasNewerImage = (one: ContainerState): boolean => (ids.get(one.image) ?? one.imageId) !== one.imageId;
  const hasOtherFiles = (one: ContainerState): boolean => one.labels[COMPOSE_LABEL.configFiles] !== files.join(',');
  const driftOf = (view: ServiceView): Drift => {
    if (view.containers.some(hasNewerImage)) return 'image';
    return view.containers.some(hasOtherFiles) ? 'files' : 'unknown';
  };
  return views.map((view) => [view.name, driftOf(view)] as const);
}
