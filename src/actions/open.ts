import * as z from 'zod';
import type { ContainerState, PublishedPort } from '#domain/container.ts';
import { DevctlError } from '#domain/error.ts';
import { replicasByService } from '#session/services.ts';
import type { Query } from './action.ts';
import { unavailableWithoutContainers } from './availability.ts';
import type { Context } from './context.ts';

const options = z.object({
  service: z
    .string()
    .optional()
    .meta({ positional: true, value: 'SERVICE', description: 'service; the only one that publishes a port when absent' }),
  port: z.int().optional().meta({ value: 'PORT', description: 'its port inside the container, when it publishes several' }),
  print: z.boolean().default(false).meta({ description: 'only print the address' }),
});

interface Address {
  readonly service: string;
  readonly url: string;
  /** Whether a browser was started. */
  readonly opened: boolean;
}

/** Opens a published port in the browser. */
export const open: Query<z.infer<typeof options>, Address> = {
  kind: 'query',
  id: 'stack.open',
  command: 'open',
  title: 'Open in the browser',
  summary: 'open a published port in the browser',
  examples: ['devctl open', 'devctl open api --port 3000', 'devctl open web --print'],
  options,
  unavailable: unavailableWithoutContainers,
  read: async (context, wish) => {
    const { container, port } = await findPort(context, wish);
    const url = urlOf(port);
    const opened = !wish.print && context.edges.isTerminal && (await startBrowser(context, url));
    return { service: container.service, url, opened };
  },
  document: ({ service, url, opened }) => ({ schema: 1, service, url, opened }),
  lines: ({ url }) => [url],
};

interface Published {
  readonly container: ContainerState;
  readonly port: PublishedPort;
}

async function findPort(context: Context, wish: z.infer<typeof options>): Promise<Published> {
  const [engine, { projectName }] = await Promise.all([context.engine(), context.inputs()]);
  const listed = await engine.containers(projectName);
  const running = [...replicasByService(Object.fromEntries(listed.map((one) => [one.id, one]))).values()]
    .flat()
    .filter((one) => one.status === 'running');
  const published = running
    .filter((one) => wish.service === undefined || one.service === wish.service)
    .flatMap((container) => tcpPorts(container).map((port) => ({ container, port })))
    .filter(({ port }) => wish.port === undefined || port.containerPort === wish.port);
  const [first, ...others] = published;
  if (!first) throw nothingPublished(wish, running);
  const isAmbiguous = others.some(
    (other) => other.container.service !== first.container.service || other.port.containerPort !== first.port.containerPort,
  );
  if (isAmbiguous) throw ambiguous(published);
  return first;
}

/** One entry a port: the engine lists it for IPv4 and IPv6, and the IPv4 one is the container's for sure (moby#42442). */
function tcpPorts(container: ContainerState): readonly PublishedPort[] {
  const ports = container.ports
    .filter((port) => port.protocol === 'tcp')
    .toSorted((a, b) => Number(a.hostIp.includes(':')) - Number(b.hostIp.includes(':')));
  return ports.filter((port, index) => ports.findIndex((one) => one.containerPort === port.containerPort) === index);
}

function urlOf({ hostIp, hostPort, containerPort }: PublishedPort): string {
  const isAny = hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::';
  const host = isAny ? '127.0.0.1' : hostIp.includes(':') ? `[${hostIp}]` : hostIp;
  return `${containerPort === 443 || hostPort === 443 ? 'https' : 'http'}://${host}:${hostPort}/`;
}

function nothingPublished({ service, port }: z.infer<typeof options>, running: readonly ContainerState[]): DevctlError {
  const names = [...new Set(running.filter((one) => tcpPorts(one).length > 0).map((one) => one.service))];
  const what = `${service ?? 'No running service'}${service ? ' publishes no' : ' publishes a'}${port === undefined ? '' : ` ${port}/tcp`} port`;
  return new DevctlError('usage', `${what} now.`, {
    hint: names.length > 0 ? `These do: ${names.join(', ')}` : 'devctl up starts the stack; ports: in the compose file publishes.',
  });
}

function ambiguous(published: readonly Published[]): DevctlError {
  const choices = published.map(({ container, port }) => `devctl open ${container.service} --port ${port.containerPort}`);
  return new DevctlError('usage', 'Several ports are published.', { hint: [...new Set(choices)].join('\n') });
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] };

/** False where there is no opener (a server): the address is printed anyway. */
async function startBrowser({ edges }: Context, url: string): Promise<boolean> {
  const [file = 'xdg-open', ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const result = await edges.processes.run({ file, args: [...args, url], cwd: edges.cwd, env: edges.env, timeoutMs: 5000 });
  return result.exitCode === 0;
}
