import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Endpoint } from '#docker/endpoint.ts';
import type { Engine } from '#docker/engine.ts';
import { createEngine } from '#docker/engine-api.ts';
import type { ClearanceRegister } from '#domain/clearance.ts';
import { systemClock } from '#system/clock.ts';
import { temporaryDirectory } from '../system/temporary.ts';

/** `METHOD /path` (without query) → what it answers: a status and a body, or the whole exchange. */
export type Routes = Readonly<Record<string, Answer>>;
type Answer = readonly [status: number, body?: unknown] | ((request: IncomingMessage, response: ServerResponse) => void);

export interface FakeEngine {
  readonly endpoint: Endpoint;
  readonly engine: Engine;
  /** Requests so far, as `METHOD /path?query`. */
  readonly requests: readonly string[];
}

export const allCleared: ClearanceRegister = { holds: () => true };
export const noneCleared: ClearanceRegister = { holds: () => false };

/** An HTTP server on a unix socket that answers as told, and 404 otherwise. */
export async function fakeEngine(routes: Routes, register: ClearanceRegister = allCleared): Promise<FakeEngine> {
  const socket = join(temporaryDirectory(), 'docker.sock');
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(decodeURIComponent(`${request.method} ${request.url}`));
    reply(routes[`${request.method} ${request.url?.split('?')[0]}`] ?? [404, { message: 'no such thing' }], request, response);
  }).listen(socket);
  await once(server, 'listening');
  const endpoint: Endpoint = { context: 'default', host: `unix://${socket}`, decidedBy: 'test', remote: false };
  const engine = createEngine({ endpoint, register, clock: systemClock });
  onTestFinished(() => {
    engine.close();
    server.close();
    server.closeAllConnections();
  });
  return { endpoint, engine, requests };
}

function reply(answer: Answer, request: IncomingMessage, response: ServerResponse): void {
  if (typeof answer === 'function') answer(request, response);
  else response.writeHead(answer[0], { 'content-type': 'application/json' }).end(answer[1] === undefined ? '' : JSON.stringify(answer[1]));
}
