import type { ComposeModel, Dependency, ServiceModel } from '#domain/model.ts';
import type { ServiceParts } from './condition.ts';
import type { WaitsFor } from './service.ts';

/** How many services deep each service's dependencies go; 0: it waits for none. */
export function dependencyDepths(model: ComposeModel | undefined): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const services = model?.services ?? {};
  const depthOf = (name: string, path: readonly string[]): number => {
    const known = depths.get(name);
    // Compose refuses cycles; a model from elsewhere must not hang us.
    if (known !== undefined || path.includes(name)) return known ?? 0;
    const below = (services[name]?.dependsOn ?? []).filter((one) => services[one.service]);
    const depth = below.reduce((deepest, one) => Math.max(deepest, depthOf(one.service, [...path, name]) + 1), 0);
    depths.set(name, depth);
    return depth;
  };
  for (const name of Object.keys(services)) depthOf(name, []);
  return depths;
}

/** What a service still waits for, in the order of its file. */
export function unmetDependencies(model: ServiceModel | undefined, all: ReadonlyMap<string, ServiceParts>): readonly WaitsFor[] {
  return (model?.dependsOn ?? [])
    .filter((dependency) => !isMet(dependency, all.get(dependency.service)))
    .map((dependency) => ({ service: dependency.service, until: UNTIL[dependency.condition] }));
}

/** Whether compose would go on: optional dependencies that are not there do not hold anybody up. */
function isMet(dependency: Dependency, parts: ServiceParts | undefined): boolean {
  if (!parts || parts.containers.length === 0) return !dependency.required || parts?.model?.provider === true;
  switch (dependency.condition) {
    case 'service_started':
      return parts.containers.every((container) => container.startedAt !== undefined && container.error === '');
    case 'service_healthy':
      return parts.containers.every((container) => container.status === 'running' && container.health === 'healthy');
    case 'service_completed_successfully':
      return parts.containers.every((container) => container.status === 'exited' && container.exitCode === 0);
  }
}

/** The word for each condition of `depends_on`. */
export const UNTIL: Readonly<Record<Dependency['condition'], string>> = {
  service_started: 'started',
  service_healthy: 'healthy',
  service_completed_successfully: 'completed',
};
