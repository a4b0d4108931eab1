import type { Engine } from '#docker/engine.ts';
import { databaseOf } from '#domain/model.ts';
import type { Probe, ProbeExpectation } from '#domain/profile.ts';
import { neutralise } from '#domain/text.ts';
import type { Clock } from '#system/clock.ts';
import type { HttpAnswer, Network } from '#system/network.ts';
import type { CheckStatus, ProbeState } from './state.ts';

/** One run of one probe. */
export interface ProbeResult {
  readonly probe: Probe;
  readonly status: CheckStatus;
  /** undefined: it got no answer, or was not run. */
  readonly latencyMs: number | undefined;
  /** What it said, one line, neutralised. */
  readonly output: string;
  /** ISO 8601 */
  readonly at: string;
}

/** What a probe found, before it is put in time. */
export type ProbeOutcome = Pick<ProbeResult, 'status' | 'latencyMs' | 'output'>;

/** Where a probe goes out. `container`: the running container that an `sql` probe looks into. */
export interface ProbeRoute {
  readonly clock: Clock;
  readonly network: Network;
  readonly engine: Engine | undefined;
  readonly container: { readonly id: string; readonly image: string } | undefined;
}

/** The service that a probe is about; an `sql` probe's target is the name of one. */
export function serviceOf(probe: Probe): string | undefined {
  return probe.service ?? (probe.kind === 'sql' ? probe.target : undefined);
}

/** Runs one probe once. A failure is an outcome, never an error. */
export async function runProbe(probe: Probe, route: ProbeRoute): Promise<ProbeOutcome> {
  switch (probe.kind) {
    case 'http':
      return judgeHttp(probe, await route.network.http(probe.url, probe.timeoutSeconds * 1000));
    case 'tcp':
      return judgeTcp(probe, await route.network.tcp(probe.host, probe.port, probe.timeoutSeconds * 1000));
    case 'sql':
      return runDatabaseProbe(probe, route);
  }
}

/** Healthy when it is as expected and quick enough; degraded when it is as the probe's `degraded` says; else unhealthy. */
export function judgeHttp(probe: Probe, answer: HttpAnswer): ProbeOutcome {
  if ('error' in answer) return { status: 'unhealthy', latencyMs: undefined, output: oneLine(answer.error) };
  const said = `${answer.status}${answer.body.trim() === '' ? '' : ` ${answer.body}`}`;
  const body = parseJson(answer.body);
  const failure = mismatch(probe.expect, answer.status, body);
  if (failure === undefined) return outcome(tooSlow(probe, answer.ms) ? 'degraded' : 'healthy', answer.ms, said);
  const isDegraded = hasExpectation(probe.degraded) && mismatch(probe.degraded, answer.status, body) === undefined;
  return isDegraded ? outcome('degraded', answer.ms, said) : outcome('unhealthy', answer.ms, `${failure}: ${said}`);
}

function judgeTcp(probe: Probe, answer: { readonly ms: number } | { readonly error: string }): ProbeOutcome {
  if ('error' in answer) return { status: 'unhealthy', latencyMs: undefined, output: oneLine(answer.error) };
  return outcome(tooSlow(probe, answer.ms) ? 'degraded' : 'healthy', answer.ms, 'connected');
}

async function runDatabaseProbe(probe: Probe, route: ProbeRoute): Promise<ProbeOutcome> {
  if (!route.container || !route.engine) return { status: 'unknown', latencyMs: undefined, output: 'its service does not run' };
  const client = CLIENTS[databaseOf(route.container.image) ?? ''];
  if (!client) return { status: 'unknown', latencyMs: undefined, output: `no known database client in ${route.container.image}` };
  const started = route.clock.monotonic();
  try {
    const { exitCode, output } = await route.engine.probe(route.container.id, client.argv, probe.timeoutSeconds * 1000);
    const ms = route.clock.monotonic() - started;
    if (exitCode !== 0 || client.failure?.test(output)) return outcome('unhealthy', ms, `exit ${exitCode}: ${output}`);
    return outcome(tooSlow(probe, ms) ? 'degraded' : 'healthy', ms, output);
  } catch (error) {
    return { status: 'unhealthy', latencyMs: undefined, output: oneLine(error instanceof Error ? error.message : String(error)) };
  }
}

// None needs a password: each tells "it answers" from "it does not", which is what a probe of the server asks.
const CLIENTS: Readonly<Record<string, { readonly argv: readonly string[]; readonly failure?: RegExp }>> = {
  PostgreSQL: { argv: ['pg_isready'] },
  MariaDB: { argv: ['mariadb-admin', 'ping'] },
  MySQL: { argv: ['mysqladmin', 'ping'] },
  MongoDB: { argv: ['mongosh', '--quiet', '--eval', 'db.runCommand({ping: 1}).ok'] },
  // redis-cli ends with 0 also when the server says that it is still loading or that its disk is full.
  Redis: { argv: ['redis-cli', 'ping'], failure: /^(LOADING|MISCONF|MASTERDOWN|Could not connect)/m },
  Valkey: { argv: ['valkey-cli', 'ping'], failure: /^(LOADING|MISCONF|MASTERDOWN|Could not connect)/m },
};

/** What is not as expected, or undefined. Without an expected status every 2xx and 3xx is well. */
function mismatch(expect: ProbeExpectation, status: number, body: unknown): string | undefined {
  if (expect.status === undefined ? status < 200 || status > 399 : status !== expect.status) {
    return expect.status === undefined ? `status ${status}` : `status ${status}, expected ${expect.status}`;
  }
  const wrong = Object.entries(expect.json ?? {}).find(([path, value]) => !isSame(valueAt(body, path), value));
  return wrong && `${wrong[0]} is ${JSON.stringify(valueAt(body, wrong[0]))}, expected ${JSON.stringify(wrong[1])}`;
}

function hasExpectation(expectation: Probe['degraded']): expectation is NonNullable<Probe['degraded']> {
  return expectation?.status !== undefined || expectation?.json !== undefined;
}

function tooSlow(probe: Probe, ms: number): boolean {
  return probe.degraded?.slowerThanMs !== undefined && ms > probe.degraded.slowerThanMs;
}

/** The value under a dotted path; a key that itself holds dots wins. */
function valueAt(body: unknown, path: string): unknown {
  if (typeof body !== 'object' || body === null) return undefined;
  const record = body as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(record, path)) return record[path];
  const dot = path.indexOf('.');
  if (dot < 0) return undefined;
  return Object.hasOwn(record, path.slice(0, dot)) ? valueAt(record[path.slice(0, dot)], path.slice(dot + 1)) : undefined;
}

function isSame(found: unknown, expected: unknown): boolean {
  return found === expected || JSON.stringify(found) === JSON.stringify(expected);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: an expectation of a key then fails by itself.
    return undefined;
  }
}

function outcome(status: CheckStatus, ms: number, said: string): ProbeOutcome {
  return { status, latencyMs: Math.round(ms), output: oneLine(said) };
}

function oneLine(text: string): string {
  return neutralise(text).replace(/\s+/g, ' ').trim().slice(0, 500);
}

/** The probe's state after one more result: streak, history (60 at most), time of the last change. */
export function withResult(before: ProbeState | undefined, result: ProbeResult): ProbeState {
  const isSameStatus = before?.status === result.status;
  return {
    name: result.probe.name,
    kind: result.probe.kind,
    status: result.status,
    latencyMs: result.latencyMs,
    history: [...(before?.history ?? []), result.status === 'unhealthy' ? -1 : (result.latencyMs ?? -1)].slice(-60),
    streak: isSameStatus ? before.streak + 1 : 1,
    since: isSameStatus ? before.since : result.at,
    output: result.output,
  };
}
