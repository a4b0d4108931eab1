import type { StatsSample } from '#docker/engine.ts';
import { COMPOSE_LABEL, type ContainerState } from '#domain/container.ts';
import type { ComposeModel, Dependency, DependencyCondition, ServiceModel } from '#domain/model.ts';
import type { Probe, Profile, Project } from '#domain/profile.ts';
import { initialState, reduce } from '#session/reducer.ts';
import type { SessionState } from '#session/state.ts';

/** A running container of project shop, with a few fields of one's own. */
export function aContainer(service: string, draft: Partial<ContainerState> = {}): ContainerState {
  const number = draft.number ?? 1;
  return {
    id: `${service}-${number}`,
    name: `shop-${service}-${number}`,
    project: 'shop',
    service,
    number,
    oneOff: false,
    image: `${service}:latest`,
    imageId: 'sha256:1',
    status: 'running',
    health: 'none',
    exitCode: null,
    oomKilled: false,
    restartCount: 0,
    error: '',
    startedAt: '2026-11-20T11:50:00.000Z',
    finishedAt: undefined,
    createdAt: '2026-11-20T11:50:00.000Z',
    ports: [],
    mounts: [],
    healthLog: [],
    failingStreak: 0,
    command: [],
    tty: false,
    restartPolicy: 'no',
    labels: { [COMPOSE_LABEL.configHash]: `hash-${service}`, [COMPOSE_LABEL.workingDirectory]: '/shop' },
    detailed: true,
    ...draft,
  };
}

/** A container that ended with this code two minutes before the tests' noon. */
export function anExited(service: string, exitCode: number, draft: Partial<ContainerState> = {}): ContainerState {
  return aContainer(service, { status: 'exited', exitCode, finishedAt: '2026-11-20T11:58:00.000Z', ...draft });
}

export function aService(name: string, draft: Partial<ServiceModel> = {}): ServiceModel {
  return {
    name,
    image: `${name}:latest`,
    builds: false,
    command: undefined,
    entrypoint: undefined,
    containerName: undefined,
    dependsOn: [],
    ports: [],
    mounts: [],
    environment: {},
    healthcheck: undefined,
    profiles: [],
    restart: undefined,
    cpuLimit: undefined,
    memoryLimit: undefined,
    replicas: 1,
    provider: false,
    ...draft,
  };
}

export function dependsOn(service: string, condition: DependencyCondition = 'service_started', required = true): Dependency {
  return { service, condition, required };
}

export function aModel(...services: readonly ServiceModel[]): ComposeModel {
  return { name: 'shop', services: Object.fromEntries(services.map((one) => [one.name, one])), volumes: {}, networks: {} };
}

export function aProbe(draft: Partial<Probe> = {}): Probe {
  return {
    name: 'api',
    service: 'api',
    everySeconds: 10,
    timeoutSeconds: 3,
    expect: {},
    degraded: undefined,
    kind: 'http',
    url: 'http://127.0.0.1:3000/health',
    ...draft,
  } as Probe;
}

export function aProfile(probes: readonly Probe[] = []): Profile {
  return {
    name: 'dev',
    description: undefined,
    role: 'dev',
    protection: 'guarded',
    source: 'inferred',
    isDefault: true,
    compose: { files: ['/shop/compose.yaml'], profiles: [], projectName: 'shop', projectDirectory: '/shop' },
    requires: [],
    env: { files: [], host: [], pass: [], template: undefined, required: [] },
    engine: { context: undefined, host: undefined },
    health: { deadlineSeconds: 60, probes },
    commands: {},
    hooks: { afterUp: undefined, beforeDown: undefined },
    origin: {},
  };
}

export const shop: Project = { name: 'shop', root: '/shop', config: undefined, foundBy: 'nearest compose file' };

export function factsOf(profile: Profile = aProfile()) {
  return { project: shop, profile, profiles: [profile], protection: 'guarded', unfinished: [] } as const;
}

/** The state of a connected session with this model and these containers. */
export function aState(model: ComposeModel, containers: readonly ContainerState[], profile: Profile = aProfile()): SessionState {
  const engine = { id: 'engine-1', endpoint: 'unix:///var/run/docker.sock', context: 'default', remote: false, version: '26.1.5' };
  return [
    { kind: 'connected', engine } as const,
    { kind: 'model-ready', model } as const,
    { kind: 'containers-listed', containers } as const,
  ].reduce(reduce, initialState(factsOf(profile)));
}

export function aSample(draft: Partial<StatsSample> = {}): StatsSample {
  return {
    at: 0,
    cpuTotal: 0,
    systemTotal: 0,
    cpus: 2,
    memoryBytes: 1000,
    memoryLimitBytes: 0,
    networkReceivedBytes: 0,
    networkSentBytes: 0,
    blockReadBytes: 0,
    blockWrittenBytes: 0,
    processes: 1,
    ...draft,
  };
}
