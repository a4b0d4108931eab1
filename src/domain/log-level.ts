/** Levels of log lines, mildest first. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Whether a level is as bad as another or worse. */
export function isAtLeast(level: LogLevel, least: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least);
}

/**
 * The level that a log line states, or undefined: the `level`, `lvl` or `severity` field of a JSON line (names, or the
 * numbers of bunyan and pino), `level=warn` of logfmt, or one of the usual words near its start.
 */
export function levelOf(text: string): LogLevel | undefined {
  const fields = fieldsOf(text);
  if (fields) return levelOfValue(fields.level ?? fields.lvl ?? fields.severity ?? fields.loglevel);
  const logfmt = /\b(?:level|lvl|severity)="?([a-z]+)/i.exec(text)?.[1];
  if (logfmt !== undefined) return WORDS[logfmt.toLowerCase()];
  const word = LEVEL_WORD.exec(text.slice(0, HEAD))?.[1];
  return word === undefined ? undefined : WORDS[word.toLowerCase()];
}

/** The fields of a JSON log line; undefined for any other line. */
export function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined; // looks like JSON, is none: a line as any other
  }
}

// Date, time, thread and logger may stand before the level.
const HEAD = 120;
const LEVEL_WORD = /(?<![\w-])(trace|debug|info|notice|log|warn|warning|error|err|fatal|critical|crit|panic|alert|emerg)(?![\w-])/i;

const WORDS: Readonly<Record<string, LogLevel>> = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  notice: 'info',
  log: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  err: 'error',
  fatal: 'fatal',
  critical: 'fatal',
  crit: 'fatal',
  panic: 'fatal',
  alert: 'fatal',
  emerg: 'fatal',
};

function levelOfValue(value: unknown): LogLevel | undefined {
  if (typeof value === 'string') return WORDS[value.toLowerCase()];
  if (typeof value !== 'number') return undefined;
  // bunyan and pino: 10 trace … 60 fatal.
  return LOG_LEVELS[Math.min(Math.max(Math.round(value / 10) - 1, 0), LOG_LEVELS.length - 1)];
}
