import type { ContainerState } from '#domain/container.ts';
import type { PortHolder } from './state.ts';

/** A port of this machine that a container could not have. */
export interface PortConflict {
  readonly port: number;
  readonly protocol: string;
}

/**
 * The port that kept a container from starting, read from the engine's error:
 * `Bind for 0.0.0.0:8080 failed: port is already allocated` (another container has it),
 * `listen tcp4 127.0.0.1:8080: bind: address already in use` (a process has it).
 */
export function portConflictOf(container: Pick<ContainerState, 'error'>): PortConflict | undefined {
  const { error } = container;
  if (!/already allocated|already in use|ports are not available/i.test(error)) return undefined;
  const match =
    /Bind for \S*:(\d+) failed/i.exec(error) ??
    /listen (?:tcp|udp)[46]? \S*:(\d+)/i.exec(error) ??
    /exposing port (?:TCP|UDP) \S*?:(\d+)/i.exec(error) ??
    /failed to bind (?:host )?port (?:for )?\S*?:(\d+)/i.exec(error);
  if (!match) return undefined;
  return { port: Number(match[1]), protocol: /listen udp|\/udp|port UDP/i.test(error) ? 'udp' : 'tcp' };
}

/** `port 8080 is taken by node (pid 4711)`, for a headline or a fact. */
export function describeHolder(holder: PortHolder): string {
  switch (holder.kind) {
    case 'container':
      return holder.project === '' ? `container ${holder.name}` : `container ${holder.name} of project ${holder.project}`;
    case 'process':
      if (holder.pid !== undefined) return `${holder.program ?? 'a process'} (pid ${holder.pid})`;
      return holder.uid === undefined ? 'a process of another user' : `a process of user ${holder.uid}`;
    case 'unknown':
      return 'something that could not be found';
  }
}

/** What frees the port. */
export function remedyFor(holder: PortHolder): string {
  switch (holder.kind) {
    case 'container':
      return `stop ${holder.name}, or publish another port`;
    case 'process':
      return holder.pid === undefined ? 'end that process, or publish another port' : `end process ${holder.pid}, or publish another port`;
    case 'unknown':
      return 'publish another port';
  }
}
