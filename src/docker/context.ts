import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DevctlError } from '#domain/error.ts';
import { suggest } from '#domain/text.ts';
import type { Files } from '#system/files.ts';
import { dockerConfigDirectory, readDockerConfig } from './docker-config.ts';
import type { Endpoint } from './endpoint.ts';
import { DEFAULT_HOST, findOtherSockets } from './sockets.ts';

/** What decides which engine is meant, besides Docker's own files. */
export interface EndpointQuestion {
  /** The profile's own `engine.context` and `engine.host`; both undefined: whatever docker uses now. */
  readonly profileContext: string | undefined;
  readonly profileHost: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly files: Files;
  /** The user's home directory. */
  readonly home: string;
}

/**
 * Which engine is meant: the profile's own, then DOCKER_HOST, DOCKER_CONTEXT, the current context, the default socket, as the
 * docker CLI decides (reference: compose-wrapping §4). Reads Docker's context store itself and runs nothing.
 * Throws `usage` for an unknown context, `environment` for an endpoint that this version cannot speak to.
 */
export async function resolveEndpoint(question: EndpointQuestion): Promise<Endpoint> {
  const { profileContext, profileHost, env } = question;
  if (profileHost) return endpointOf(question, { context: 'default', host: profileHost, decidedBy: 'profile' });
  if (profileContext) return endpointOfContext(question, profileContext, 'profile');
  if (env.DOCKER_HOST) return endpointOf(question, { context: 'default', host: env.DOCKER_HOST, decidedBy: 'DOCKER_HOST' });
  if (env.DOCKER_CONTEXT) return endpointOfContext(question, env.DOCKER_CONTEXT, 'DOCKER_CONTEXT');
  const { currentContext } = await readDockerConfig(question);
  return currentContext ? endpointOfContext(question, currentContext, 'current context') : defaultEndpoint(question, 'default');
}

interface Decision {
  readonly context: string;
  readonly host: string;
  readonly decidedBy: string;
  /** The context names certificates. */
  readonly tls?: boolean;
}

async function endpointOfContext(question: EndpointQuestion, name: string, decidedBy: string): Promise<Endpoint> {
  if (name === 'default') return defaultEndpoint(question, decidedBy);
  const store = join(dockerConfigDirectory(question), 'contexts');
  const id = createHash('sha256').update(name).digest('hex');
  const meta = await readMeta(question.files, join(store, 'meta', id, 'meta.json'));
  if (!meta?.host) throw await unknownContext(question, name, decidedBy);
  const tls = (await question.files.list(join(store, 'tls', id, 'docker'))).length > 0;
  return endpointOf(question, { context: name, host: meta.host, decidedBy, tls });
}

function endpointOf({ env }: EndpointQuestion, decision: Decision): Endpoint {
  const { host, context, decidedBy } = decision;
  const fromEnvironment = decidedBy === 'DOCKER_HOST' || decidedBy === 'profile';
  const tls = decision.tls || (fromEnvironment && (env.DOCKER_TLS_VERIFY || env.DOCKER_TLS) && host.startsWith('tcp://'));
  if (/^(unix|npipe):\/\/./.test(host)) return { context, host, decidedBy, remote: false };
  if (!tls && isLoopbackTcp(host)) return { context, host, decidedBy, remote: false };
  throw new DevctlError('environment', `devctl cannot speak to ${describeHost(host)} (${decidedBy}) yet.`, {
    hint: 'This version speaks to unix sockets, named pipes and plain TCP on this machine. Choose such an engine with DOCKER_CONTEXT or the profile’s engine.context.',
    details: { endpoint: host, context },
  });
}

function isLoopbackTcp(host: string): boolean {
  if (!URL.canParse(host)) return false;
  const { protocol, hostname, port } = new URL(host);
  return /^(tcp|http):$/.test(protocol) && port !== '' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** The endpoint without a password in it. */
function describeHost(host: string): string {
  return host.replace(/\/\/[^/@]*@/, (login) => `${login.split(':')[0]}${login.includes(':') ? ':•••@' : ''}`);
}

async function defaultEndpoint(question: EndpointQuestion, decidedBy: string): Promise<Endpoint> {
  const usual: Endpoint = { context: 'default', host: DEFAULT_HOST, decidedBy, remote: false };
  if (DEFAULT_HOST.startsWith('npipe:') || (await question.files.stat(DEFAULT_HOST.slice('unix://'.length)))) return usual;
  const others = await findOtherSockets(question);
  if (others.length === 1 && others[0]) return { ...usual, host: others[0], decidedBy: 'the only socket found' };
  return { ...usual, alternatives: others };
}

async function unknownContext(question: EndpointQuestion, name: string, decidedBy: string): Promise<DevctlError> {
  const names = await contextNames(question);
  const near = suggest(name, names);
  return new DevctlError('usage', `There is no docker context "${name}" (${decidedBy}).`, {
    hint: `${near ? `Did you mean ${near}? ` : ''}Contexts: ${names.join(', ')}.`,
  });
}

async function contextNames(question: EndpointQuestion): Promise<readonly string[]> {
  const directory = join(dockerConfigDirectory(question), 'contexts', 'meta');
  const ids = await question.files.list(directory);
  const metas = await Promise.all(ids.map((id) => readMeta(question.files, join(directory, id, 'meta.json'))));
  return ['default', ...metas.flatMap((meta) => (meta?.name ? [meta.name] : []))].sort();
}

async function readMeta(files: Files, path: string): Promise<{ readonly name: string; readonly host: string } | undefined> {
  const text = await files.readText(path);
  if (text === undefined) return undefined;
  const meta = JSON.parse(text) as { Name?: string; Endpoints?: { docker?: { Host?: string } } };
  return { name: meta.Name ?? '', host: meta.Endpoints?.docker?.Host ?? '' };
}
