import type { ContainerState } from '#domain/container.ts';
import type { ServiceView } from '#session/service.ts';
import type { Context } from './context.ts';

/**
 * Services whose containers run another image than their name stands for now. Whether the definition changed is not told
 * here: that takes compose, and this runs nothing.
 */
export async function readDrift(context: Context, views: readonly ServiceView[]): Promise<ReadonlyMap<string, string>> {
  const engine = await context.engine();
  const project = (await context.inputs()).projectName;
  const references = new Map(
    views.flatMap((view) => (view.model ? [[view.name, view.model.image ?? `${project}-${view.name}`] as const] : [])),
  );
  const distinct = [...new Set(views.filter((view) => view.containers.length > 0).flatMap((view) => references.get(view.name) ?? []))];
  const ids = new Map(await Promise.all(distinct.map(async (reference) => [reference, await engine.imageId(reference)] as const)));
  const hasOther = (containers: readonly ContainerState[], id: string | undefined): boolean =>
    id !== undefined && containers.some((one) => one.imageId !== id);
  return new Map(views.map((view) => [view.name, hasOther(view.containers, ids.get(references.get(view.name) ?? '')) ? 'image' : 'none']));
}
