import type { TcpAnswer } from './network.ts';

/** Connects, measures, and hangs up at once. */
export async function connectTcp(host: string, port: number, timeoutMs: number): Promise<TcpAnswer> {
  const { connect } = await import('node:net');
  const started = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const answer = (value: TcpAnswer): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', () => answer({ ms: performance.now() - started }));
    socket.once('timeout', () => answer({ error: `no answer within ${timeoutMs} ms` }));
    socket.once('error', (error) => answer({ error: networkErrorText(error) }));
  });
}

/** A connection error in few words; the code stands in for an empty message (several addresses were tried). */
export function networkErrorText(error: Error): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return NETWORK_ERRORS[code] ?? (error.message || code);
}

const NETWORK_ERRORS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ENOTFOUND: 'host not found',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ETIMEDOUT: 'timed out',
};
