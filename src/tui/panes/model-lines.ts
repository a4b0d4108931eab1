import type { MountModel, PortModel, ServiceModel } from '#domain/model.ts';
import { maskValue } from '#domain/secrets.ts';
import { formatBytes } from '#domain/size.ts';
import { compareText, neutralise } from '#domain/text.ts';
import type { ServiceView } from '#session/service.ts';
import { columnsOf, cutText, type Line, line, padEnd, type Span, span } from '../widgets/line.ts';
import { formatFact } from './fact-lines.ts';

const NO_MODEL = 'In no compose file of this profile.';

/** The environment that the service gets, by name, secrets masked. */
export function formatEnv(view: ServiceView, shape: { readonly width: number; readonly isReading: boolean }): readonly Line[] {
  if (!view.model) return [line(span(NO_MODEL, 'dim'))];
  const entries = Object.entries(view.model.environment).sort(([a], [b]) => compareText(a, b));
  if (entries.length === 0) return [line(span('No environment of its own.', 'dim'))];
  const columns = Math.min(Math.max(...entries.map(([name]) => columnsOf(name))), Math.floor(shape.width / 2));
  return entries.map(([name, value]) =>
    line(span(padEnd(cutText(neutralise(name), columns), columns), 'dim'), '  ', envValue(name, value)),
  );
}

/** The merged definition, in the words of compose files. */
export function formatConfig(view: ServiceView, width: number): readonly Line[] {
  const { model } = view;
  if (!model) return [line(span(NO_MODEL, 'dim'))];
  const facts: readonly (readonly [string, string])[] = [
    ['image', model.image ?? ''],
    ['build', model.builds ? 'yes' : ''],
    ['command', model.command?.join(' ') ?? ''],
    ['entrypoint', model.entrypoint?.join(' ') ?? ''],
    ['container', model.containerName ?? ''],
    [
      'depends_on',
      model.dependsOn.map((one) => `${one.service} (${one.condition.replace('service_', '').replaceAll('_', ' ')})`).join('\n'),
    ],
    ['ports', model.ports.map(formatPort).join('\n')],
    ['volumes', model.mounts.map(formatMount).join('\n')],
    ['healthcheck', healthcheckOf(model)],
    ['restart', model.restart ?? ''],
    ['limits', limitsOf(model)],
    ['replicas', model.replicas === 1 ? '' : String(model.replicas)],
    ['profiles', model.profiles.join(', ')],
  ];
  return facts.filter(([, value]) => value !== '').flatMap(([label, value]) => formatFact(label, neutralise(value), { width }));
}

/** Ports as published by the engine, and those of the model that are not. */
export function formatPorts(view: ServiceView): readonly Line[] {
  const live = view.containers.flatMap((container) =>
    container.ports.filter((port) => port.hostPort > 0).map((port) => ({ ...port, container: container.name })),
  );
  const published = live.map((port) =>
    line(
      span(padEnd(`${addressOf(port.hostIp)}:${port.hostPort}`, 24), 'strong'),
      span(`→ ${port.containerPort}/${port.protocol}`, 'dim'),
      span(`  ${port.container}`, 'dim'),
    ),
  );
  const missing = (view.model?.ports ?? [])
    .filter((port) => !live.some((one) => one.containerPort === port.target))
    .map((port) => line(span(padEnd(formatPort(port), 24), 'dim'), span('not published now', 'dim')));
  const lines = [...published, ...missing];
  return lines.length > 0 ? lines : [line(span('Publishes no ports; reachable by the other services only.', 'dim'))];
}

function envValue(name: string, value: string | null): Span {
  if (value === null) return span('passed through, not set', 'dim');
  const shown = neutralise(maskValue(name, value)).replaceAll('\n', ' ');
  return shown === '' ? span('(empty)', 'dim') : span(shown);
}

function formatPort(port: PortModel): string {
  const host = port.published === undefined ? '' : `${port.hostIp === '' ? '' : `${port.hostIp}:`}${port.published} → `;
  return `${host}${port.target}/${port.protocol}`;
}

function formatMount(mount: MountModel): string {
  return `${mount.source ?? 'anonymous'} → ${mount.target}${mount.readOnly ? ' (read-only)' : ''}`;
}

function healthcheckOf(model: ServiceModel): string {
  const check = model.healthcheck;
  if (!check) return '';
  const test = check.test.filter((word) => word !== 'CMD' && word !== 'CMD-SHELL').join(' ');
  return [test, check.interval === undefined ? '' : `every ${check.interval} s`].filter((part) => part !== '').join(', ');
}

function limitsOf(model: ServiceModel): string {
  const cpu = model.cpuLimit ? `${model.cpuLimit} CPU` : '';
  const memory = model.memoryLimit ? formatBytes(model.memoryLimit) : '';
  return [cpu, memory].filter((part) => part !== '').join(', ');
}

function addressOf(hostIp: string): string {
  return hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::' ? 'localhost' : hostIp;
}
