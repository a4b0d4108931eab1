import { stat } from 'node:fs/promises';
import type { Options } from 'execa';
import { DevctlError } from '#domain/error.ts';
import type { ProcessRequest, ProcessResult } from './processes.ts';

/** How much of each stream a result keeps, in bytes. */
export const OUTPUT_LIMIT = 4 * 1024 * 1024;

/** Options that every kind of run shares. A compose that is told to end may need up to 10 s for it (its stop timeout). */
export function commonOptions(request: ProcessRequest) {
  return {
    cwd: request.cwd,
    env: request.env,
    extendEnv: false,
    reject: false,
    buffer: false,
    forceKillAfterDelay: 12_000,
    ...(request.signal ? { cancelSignal: request.signal } : {}),
    ...(request.timeoutMs ? { timeout: request.timeoutMs } : {}),
  } as const satisfies Options;
}

/** Throws `environment` when the directory to run in is not there: spawn would blame the program for it. */
export async function requireDirectory(path: string): Promise<void> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts?.isDirectory()) throw new DevctlError('environment', `The directory ${path} does not exist.`);
}

/** The part of execa's result that is looked at. */
export interface EndedProcess {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly isCanceled: boolean;
  readonly timedOut: boolean;
  readonly code?: string | undefined;
  readonly durationMs: number;
}

/** execa's result in devctl's words. */
export function outcomeOf(result: EndedProcess, output: { readonly stdout: string; readonly stderr: string }): ProcessResult {
  return {
    exitCode: result.exitCode ?? null,
    signal: result.signal,
    ...output,
    killed: result.isCanceled || result.timedOut,
    notFound: result.code === 'ENOENT' || result.code === 'EACCES',
    durationMs: result.durationMs,
  };
}
