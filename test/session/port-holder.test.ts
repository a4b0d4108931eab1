import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { findPortHolder, listenerOf } from '#session/port-holder.ts';
import { createFiles } from '#system/files.ts';
import { fakeEngine } from '../fakes/engine.ts';
import { memoryFiles } from '../fakes/files.ts';
import { aContainer } from './builders.ts';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1F91 0100007F:C000 01 00000000:00000000 00:00000000 00000000  1000        0 4243 1 0000000000000000 100 0 0 10 0`;

test('a container that publishes the port, of whichever project', async () => {
  const ports = [{ hostIp: '0.0.0.0', hostPort: 8080, containerPort: 80, protocol: 'tcp' }];
  const engine = fakeEngine([aContainer('web', { name: 'blog-web-1', project: 'blog', ports }), aContainer('me', { ports })]);
  expect(await findPortHolder({ port: 8080, protocol: 'tcp' }, { engine, files: memoryFiles() }, 'me-1')).toEqual({
    port: 8080,
    protocol: 'tcp',
    kind: 'container',
    name: 'blog-web-1',
    project: 'blog',
  });
});

test('a process of another user is told by its user only', async () => {
  const files = memoryFiles(new Map([['/proc/net/tcp', TABLE]]));
  expect(await listenerOf({ port: 8080, protocol: 'tcp' }, files)).toMatchObject({ kind: 'process', pid: undefined, uid: 1000 });
});

test('a connection on the port is no listener', async () => {
  expect(await listenerOf({ port: 8081, protocol: 'tcp' }, memoryFiles(new Map([['/proc/net/tcp', TABLE]])))).toBeUndefined();
});

test('nobody to be found, or a remote engine: unknown', async () => {
  const engine = fakeEngine();
  const conflict = { port: 8080, protocol: 'tcp' };
  const files = memoryFiles(new Map([['/proc/net/tcp', TABLE]]));
  expect(await findPortHolder({ port: 9, protocol: 'tcp' }, { engine, files }, 'x')).toMatchObject({ kind: 'unknown' });
  const remote = { ...engine, endpoint: { ...engine.endpoint, remote: true } };
  expect(await findPortHolder(conflict, { engine: remote, files }, 'x')).toMatchObject({ kind: 'unknown' });
});

test.runIf(process.platform === 'linux')('this very process', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const holder = await listenerOf({ port, protocol: 'tcp' }, createFiles());
  server.close();
  expect(holder).toMatchObject({ kind: 'process', port, pid: process.pid });
});
