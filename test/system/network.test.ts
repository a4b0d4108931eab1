import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createNetwork } from '#system/network.ts';

const network = createNetwork();

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

test('an answer has status, body and time; redirects are not followed', async () => {
  const port = await serve((_, response) => response.writeHead(302, { location: '/else' }).end('moved'));
  expect(await network.http(`http://127.0.0.1:${port}/`, 2000)).toEqual({ status: 302, body: 'moved', ms: expect.any(Number) });
});

test('the body is cut to 64 KiB', async () => {
  const port = await serve((_, response) => response.end('x'.repeat(300_000)));
  expect(await network.http(`http://127.0.0.1:${port}/`, 2000)).toMatchObject({ body: 'x'.repeat(65_536) });
});

test('failures are values: refused, too slow, cut off, no URL', async () => {
  const closed = await serve(() => undefined).then((port) => port);
  expect(await network.http(`http://127.0.0.1:${closed}/`, 100)).toMatchObject({ error: 'no answer within 100 ms' });
  expect(await network.http('http://127.0.0.1:1/', 2000)).toMatchObject({ error: 'connection refused' });
  const cut = await serve((_, response) => response.writeHead(200, { 'content-length': '10' }).write('abc', () => response.destroy()));
  expect(await network.http(`http://127.0.0.1:${cut}/`, 2000)).toHaveProperty('error');
  expect(await network.http('not a url', 100)).toMatchObject({ error: 'not a URL: not a url' });
});

test('tcp connects, or says why not', async () => {
  const port = await serve(() => undefined);
  expect(await network.tcp('127.0.0.1', port, 2000)).toEqual({ ms: expect.any(Number) });
  expect(await network.tcp('127.0.0.1', 1, 2000)).toEqual({ error: 'connection refused' });
});
