import type { Engine } from '#docker/engine.ts';
import type { Files } from '#system/files.ts';
import type { PortConflict } from './port-conflict.ts';
import type { PortHolder } from './state.ts';

/** Where to look: the engine for containers, `/proc` (through Files) for processes. */
export interface PortLookup {
  readonly engine: Pick<Engine, 'containers' | 'endpoint'>;
  readonly files: Pick<Files, 'readText' | 'list' | 'stat'>;
}

/** Who holds a port: another container that publishes it, else the process that listens. `unknown` where neither can be told. */
export async function findPortHolder(conflict: PortConflict, { engine, files }: PortLookup, self: string): Promise<PortHolder> {
  const container = await publisherOf(conflict, engine, self);
  if (container) return container;
  // A remote engine's ports are not this machine's.
  const process = engine.endpoint.remote ? undefined : await listenerOf(conflict, files);
  return process ?? { ...conflict, kind: 'unknown' };
}

async function publisherOf(conflict: PortConflict, engine: PortLookup['engine'], self: string): Promise<PortHolder | undefined> {
  // An engine that does not answer now has told so elsewhere; the process may still be found.
  const containers = await engine.containers(undefined).catch(() => []);
  const publisher = containers.find(
    (one) => one.id !== self && one.ports.some((port) => port.hostPort === conflict.port && port.protocol === conflict.protocol),
  );
  return publisher && { ...conflict, kind: 'container', name: publisher.name, project: publisher.project };
}

/** The process that listens on a port, from Linux' `/proc` (proc(5)); undefined elsewhere, or when nobody listens. */
export async function listenerOf({ port, protocol }: PortConflict, files: PortLookup['files']): Promise<PortHolder | undefined> {
  const tables = await Promise.all([protocol, `${protocol}6`].map((name) => files.readText(`/proc/net/${name}`).catch(() => undefined)));
  const sockets = tables.flatMap((table) => socketsOn(port, protocol, table ?? ''));
  const socket = sockets[0];
  if (!socket) return undefined;
  const pid = await ownerOf(new Set(sockets.map((one) => one.inode)), files);
  const program = pid === undefined ? undefined : (await files.readText(`/proc/${pid}/comm`))?.trim();
  return { port, protocol, kind: 'process', pid, program, uid: socket.uid };
}

// State of a listening TCP socket, and of an unconnected UDP one, in the fourth column.
const LISTENING: Readonly<Record<string, string>> = { tcp: '0A', udp: '07' };

/** Columns: sl, local address (hex ip:port), remote address, state, queues, timer, retransmits, uid, timeout, inode. */
function socketsOn(port: number, protocol: string, table: string): readonly { readonly inode: number; readonly uid: number }[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.split(':')[1] === wanted && columns[3] === LISTENING[protocol])
    .map((columns) => ({ inode: Number(columns[9]), uid: Number(columns[7]) }));
}

/** An open socket's file descriptor has the socket's inode; other users' descriptors cannot be read. */
async function ownerOf(inodes: ReadonlySet<number>, files: PortLookup['files']): Promise<number | undefined> {
  const pids = (await files.list('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const descriptors = await files.list(`/proc/${pid}/fd`).catch(() => []);
    const facts = await Promise.all(descriptors.map((name) => files.stat(`/proc/${pid}/fd/${name}`).catch(() => undefined)));
    if (facts.some((one) => one?.kind === 'socket' && inodes.has(one.inode))) return Number(pid);
  }
  return undefined;
}
