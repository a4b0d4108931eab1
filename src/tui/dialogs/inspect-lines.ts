import type { ContainerState } from '#domain/container.ts';
import { maskArgv, maskValue } from '#domain/secrets.ts';
import { neutralise } from '#domain/text.ts';
import type { ServiceView } from '#session/service.ts';
import { type Line, line, padEnd, span } from '../widgets/line.ts';

/** Everything that is known of a service's containers, secrets masked. */
export function inspectLines(view: ServiceView): readonly Line[] {
  if (view.containers.length === 0) return [line(span('No container yet. u brings the service up.', 'dim'))];
  return view.containers.flatMap((container, index) => [...(index > 0 ? [[]] : []), ...containerLines(container)]);
}

function containerLines(container: ContainerState): readonly Line[] {
  return [
    line(span(container.name, 'strong')),
    ...fact('Id', container.id),
    ...fact('Image', container.image),
    ...fact('Image id', container.imageId),
    ...fact('Status', container.status),
    ...fact('Health', container.health),
    ...fact('Exit code', container.exitCode === null ? '' : String(container.exitCode)),
    ...fact('Restarts', `${container.restartCount} (policy ${container.restartPolicy || 'no'})`),
    ...fact('Created', container.createdAt),
    ...fact('Started', container.startedAt ?? ''),
    ...fact('Finished', container.finishedAt ?? ''),
    ...fact('Command', maskArgv(container.command).join(' ')),
    ...facts(
      'Ports',
      container.ports.map((port) => `${port.hostIp}:${port.hostPort} → ${port.containerPort}/${port.protocol}`),
    ),
    ...facts(
      'Mounts',
      container.mounts.map((mount) => `${mount.kind} ${mount.source} → ${mount.target}`),
    ),
    ...facts(
      'Labels',
      Object.entries(container.labels).map(([name, value]) => `${name}=${maskValue(name, value)}`),
    ),
  ];
}

function fact(label: string, value: string): readonly Line[] {
  return value === '' ? [] : [line('  ', span(padEnd(label, LABEL_COLUMNS), 'dim'), neutralise(value).replaceAll('\n', ' '))];
}

function facts(label: string, values: readonly string[]): readonly Line[] {
  return values.flatMap((value, index) => fact(index === 0 ? label : '', value));
}

const LABEL_COLUMNS = 11;
