import type { ClientRequest, IncomingMessage } from 'node:http';
import type { HttpAnswer } from './network.ts';
import { networkErrorText } from './tcp.ts';

/** GET on a connection of its own; `timeoutMs` bounds the whole exchange. */
export async function requestHttp(url: string, timeoutMs: number): Promise<HttpAnswer> {
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  if (!URL.canParse(url)) return { error: `not a URL: ${url}`, ms: 0 };
  const { get } = url.startsWith('https:') ? await import('node:https') : await import('node:http');
  return new Promise((resolve) => {
    const request: ClientRequest = get(url, { agent: false, headers: { connection: 'close', 'user-agent': 'devctl' } });
    const answer = (value: HttpAnswer): void => {
      clearTimeout(timer);
      resolve(value);
      request.destroy();
    };
    const timer = setTimeout(() => answer({ error: `no answer within ${timeoutMs} ms`, ms: elapsed() }), timeoutMs);
    request.on('error', (error) => answer({ error: networkErrorText(error), ms: elapsed() }));
    request.on('response', (response) => {
      readBody(response).then(
        (body) => answer({ status: response.statusCode ?? 0, body, ms: elapsed() }),
        (error: Error) => answer({ error: networkErrorText(error), ms: elapsed() }),
      );
    });
  });
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= BODY_LIMIT) break;
  }
  return Buffer.concat(chunks).subarray(0, BODY_LIMIT).toString('utf8');
}

const BODY_LIMIT = 64 * 1024;
