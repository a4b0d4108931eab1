import { requestHttp } from './http.ts';
import { connectTcp } from './tcp.ts';

/** What probes need of the network. */
export interface Network {
  /** Never throws: a failure is a value. Follows no redirects; the body is cut to 64 KiB. */
  http(url: string, timeoutMs: number): Promise<HttpAnswer>;
  /** Milliseconds to connect, or why not. */
  tcp(host: string, port: number, timeoutMs: number): Promise<TcpAnswer>;
}

export type HttpAnswer =
  | { readonly status: number; readonly body: string; readonly ms: number }
  | { readonly error: string; readonly ms: number };

export type TcpAnswer = { readonly ms: number } | { readonly error: string };

/** The real network, through node:http, node:https and node:net, each loaded when first needed. */
export function createNetwork(): Network {
  return { http: requestHttp, tcp: connectTcp };
}
