import { DevctlError } from '#domain/error.ts';
import type { Endpoint } from './endpoint.ts';
import { ENGINE_API, isAtLeast, MINIMUM_ENGINE } from './versions.ts';

/** HTTP status of a failed request, undefined when there was no answer. Looks behind a DevctlError. */
export function statusOf(error: unknown): number | undefined {
  const thrown = error instanceof DevctlError ? error.cause : error;
  const status = (thrown as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

/** The value, or undefined when the engine says that there is no such thing. */
export async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** Whether the engine refused the API version of a request. */
export function rejectedApi(error: unknown): boolean {
  return statusOf(error) === 400 && /client version .* is too (old|new)/i.test(wordsOf(error));
}

/** What went wrong and what to do: no engine at the socket, not allowed, or the engine's own words. */
export function explainEngineError(error: unknown, endpoint: Endpoint): DevctlError {
  if (error instanceof DevctlError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (statusOf(error) !== undefined) return new DevctlError('external', `The engine says: ${wordsOf(error)}`, { cause: error });
  if (code === 'EACCES' || code === 'EPERM') return notAllowed(error, endpoint);
  if (ABSENT.has(code)) return notThere(error, endpoint);
  if (LOST.has(code)) return new DevctlError('environment', `The connection to ${endpoint.host} was lost.`, { cause: error, hint: START });
  return new DevctlError('external', `The engine at ${endpoint.host} could not be asked: ${wordsOf(error)}`, { cause: error });
}

/** Throws `environment` for an engine from before 25.0, Podman with an older API, and for what is no engine at all. */
export function requireEngineApi(answer: { readonly Version?: string; readonly ApiVersion?: string }, { host }: Endpoint): void {
  if (answer.ApiVersion === undefined) {
    throw new DevctlError('environment', `What answers at ${host} is not a Docker engine.`, {
      hint: 'Choose the engine with DOCKER_HOST, DOCKER_CONTEXT or the profile’s engine.context.',
    });
  }
  if (isAtLeast(answer.ApiVersion, ENGINE_API)) return;
  throw new DevctlError(
    'environment',
    `The engine is version ${answer.Version} (API ${answer.ApiVersion}): devctl needs ${MINIMUM_ENGINE} (API ${ENGINE_API}) or newer.`,
    { hint: 'Update Docker: https://docs.docker.com/engine/install/' },
  );
}

function notThere(error: unknown, { host, decidedBy, alternatives = [] }: Endpoint): DevctlError {
  const chosen = decidedBy === 'default' ? '' : ` (${decidedBy})`;
  const others =
    alternatives.length > 0 ? ` Sockets found: ${alternatives.join(', ')}; choose one with DOCKER_HOST or the profile's engine.host.` : '';
  return new DevctlError('environment', `No engine answers at ${host}${chosen}.`, { cause: error, hint: `${START}${others}` });
}

function notAllowed(error: unknown, { host }: Endpoint): DevctlError {
  return new DevctlError('environment', `The socket ${host} may not be opened by this user.`, {
    cause: error,
    hint: 'Add yourself to the group docker (sudo usermod -aG docker $USER) and log in again.',
  });
}

/** dockerode wraps the engine's message: `(HTTP code 409) conflict - remove x: volume is in use `. */
function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\(HTTP code \d+\) [^-]*- /, '').trim();
}

const ABSENT: ReadonlySet<string> = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK', 'ENOTDIR']);
const LOST: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);
const START = 'Start Docker (sudo systemctl start docker, or Docker Desktop).';
