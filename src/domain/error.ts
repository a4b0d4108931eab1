/**
 * Whose fault it is, which decides the exit code:
 * `usage` 2, `environment` 5, `external` 1, `refused` 3, `unhealthy` 4, `cancelled` 130, `bug` 1.
 */
export type ErrorKind = 'usage' | 'environment' | 'external' | 'refused' | 'unhealthy' | 'cancelled' | 'bug';

/** A command that failed, with secrets already masked. */
export interface FailedCommand {
  readonly argv: readonly string[];
  readonly exitCode: number | null;
  /** Last lines of its standard error, oldest first. */
  readonly stderr: readonly string[];
}

export interface DevctlErrorOptions {
  /** What to type or do next, as one sentence or command. */
  readonly hint?: string | undefined;
  readonly command?: FailedCommand | undefined;
  readonly cause?: unknown;
  /** Further fields for the JSON form (e.g. the refused plan). */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** The only error that devctl throws on purpose; anything else that escapes is a bug. */
export class DevctlError extends Error {
  readonly kind: ErrorKind;
  readonly hint: string | undefined;
  readonly command: FailedCommand | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(kind: ErrorKind, message: string, options: DevctlErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DevctlError';
    this.kind = kind;
    this.hint = options.hint;
    this.command = options.command;
    this.details = options.details;
  }
}

/** Exit code for each kind of error (design: command line). */
export const EXIT_CODES: Readonly<Record<ErrorKind, number>> = {
  usage: 2,
  environment: 5,
  external: 1,
  refused: 3,
  unhealthy: 4,
  cancelled: 130,
  bug: 1,
};

/** Any thrown value as a DevctlError; what is not one already becomes a `bug` with its cause. */
export function asDevctlError(thrown: unknown): DevctlError {
  if (thrown instanceof DevctlError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new DevctlError('bug', message, { cause: thrown });
}
