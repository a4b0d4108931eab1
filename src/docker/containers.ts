import type Dockerode from 'dockerode';
import {
  COMPOSE_LABEL,
  type ContainerMount,
  type ContainerState,
  type ContainerStatus,
  type HealthStatus,
  type PublishedPort,
} from '#domain/container.ts';
import { compareText } from '#domain/text.ts';
import type { EngineClient } from './engine-client.ts';
import { unlessGone } from './engine-errors.ts';

/** All containers of a project (or of all), as the list tells them: one request, however many there are. */
export async function listContainers(client: EngineClient, project: string | undefined): Promise<readonly ContainerState[]> {
  const filters = project === undefined ? {} : { filters: { label: [`${COMPOSE_LABEL.project}=${project}`] } };
  const listed = await client.read((docker) => docker.listContainers({ all: true, ...filters }));
  return listed.map(fromList);
}

/** One container with all that is known of it; undefined when it is gone. */
export async function inspectContainer(client: EngineClient, id: string): Promise<ContainerState | undefined> {
  const inspected = await unlessGone(client.read((docker) => docker.getContainer(id).inspect()));
  return inspected && fromInspect(inspected);
}

/** An entry of `GET /containers/json`. Health and exit code stand only in its sentence (`Up 5 minutes (healthy)`). */
function fromList(raw: Dockerode.ContainerInfo): ContainerState {
  const labels = raw.Labels ?? {};
  const exit = /^Exited \((\d+)\)/.exec(raw.Status)?.[1];
  return {
    ...fromLabels(labels),
    id: raw.Id,
    name: (raw.Names[0] ?? raw.Id).replace(/^\//, ''),
    image: raw.Image,
    imageId: raw.ImageID,
    status: raw.State as ContainerStatus,
    health: healthInSentence(raw.Status),
    exitCode: exit === undefined ? null : Number(exit),
    oomKilled: false,
    restartCount: 0,
    error: '',
    startedAt: undefined,
    finishedAt: undefined,
    createdAt: new Date(raw.Created * 1000).toISOString(),
    ports: portsOfList(raw.Ports),
    mounts: (raw.Mounts ?? []).map(parseMount),
    healthLog: [],
    failingStreak: 0,
    command: [raw.Command],
    tty: false,
    restartPolicy: '',
    labels,
    detailed: false,
  };
}

/** An answer of `GET /containers/ID/json`. */
function fromInspect(raw: Dockerode.ContainerInspectInfo): ContainerState {
  const labels = raw.Config.Labels ?? {};
  const { State: state } = raw;
  return {
    ...fromLabels(labels),
    id: raw.Id,
    name: raw.Name.replace(/^\//, ''),
    image: raw.Config.Image,
    imageId: raw.Image,
    status: state.Status as ContainerStatus,
    health: (state.Health?.Status ?? 'none') as HealthStatus,
    exitCode: exitCodeOf(state),
    oomKilled: state.OOMKilled,
    restartCount: raw.RestartCount,
    error: state.Error,
    startedAt: timeOrNever(state.StartedAt),
    finishedAt: timeOrNever(state.FinishedAt),
    createdAt: raw.Created,
    ports: portsOfInspect(raw.NetworkSettings.Ports),
    mounts: raw.Mounts.map(parseMount),
    healthLog: (state.Health?.Log ?? [])
      .slice(-5)
      .map((one) => ({ start: one.Start, end: one.End, exitCode: one.ExitCode, output: one.Output })),
    failingStreak: state.Health?.FailingStreak ?? 0,
    command: [raw.Path, ...raw.Args].filter((word) => word !== ''),
    tty: raw.Config.Tty,
    restartPolicy: raw.HostConfig.RestartPolicy?.Name ?? '',
    labels,
    detailed: true,
  };
}

function fromLabels(labels: Readonly<Record<string, string>>): Pick<ContainerState, 'project' | 'service' | 'number' | 'oneOff'> {
  return {
    project: labels[COMPOSE_LABEL.project] ?? '',
    service: labels[COMPOSE_LABEL.service] ?? '',
    number: Number(labels[COMPOSE_LABEL.number] ?? 1),
    oneOff: labels[COMPOSE_LABEL.oneOff] === 'True',
  };
}

function healthInSentence(sentence: string): HealthStatus {
  const word = /\((?:health: )?(healthy|unhealthy|starting)\)/.exec(sentence)?.[1];
  return (word as HealthStatus | undefined) ?? 'none';
}

/** The engine says 0 for what runs or never ran; a container that could not start has its code with an error. */
function exitCodeOf(state: Dockerode.ContainerInspectInfo['State']): number | null {
  if (state.Status === 'running' || state.Status === 'paused') return null;
  return state.Status === 'created' && state.Error === '' ? null : state.ExitCode;
}

function timeOrNever(time: string): string | undefined {
  return time === '' || time.startsWith('0001-') ? undefined : time;
}

/** A port that is exposed but not published has no public side; IPv4 and IPv6 of one port are two entries. */
function portsOfList(ports: readonly Dockerode.Port[]): readonly PublishedPort[] {
  return ports
    .filter((port) => port.PublicPort)
    .map((port) => ({ hostIp: port.IP ?? '', hostPort: port.PublicPort, containerPort: port.PrivatePort, protocol: port.Type }))
    .sort(byPort);
}

function portsOfInspect(ports: Dockerode.ContainerInspectInfo['NetworkSettings']['Ports'] | null): readonly PublishedPort[] {
  return Object.entries(ports ?? {})
    .flatMap(([key, bindings]) => {
      const [port, protocol = 'tcp'] = key.split('/');
      return (bindings ?? []).map((one) => ({ hostIp: one.HostIp, hostPort: Number(one.HostPort), containerPort: Number(port), protocol }));
    })
    .sort(byPort);
}

function byPort(a: PublishedPort, b: PublishedPort): number {
  return a.containerPort - b.containerPort || compareText(a.hostIp, b.hostIp);
}

function parseMount(raw: { Type: string; Name?: string | undefined; Source: string; Destination: string }): ContainerMount {
  return { kind: raw.Type, source: raw.Type === 'volume' ? (raw.Name ?? raw.Source) : raw.Source, target: raw.Destination };
}
