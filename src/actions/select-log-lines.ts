import { DevctlError } from '#domain/error.ts';
import { fieldsOf, isAtLeast, type LogLevel, levelOf } from '#domain/log-level.ts';
import { neutralise } from '#domain/text.ts';
import type { LogLine } from '#session/logs.ts';

/** Which lines are shown, and what of them. */
export interface LogSelection {
  readonly grep: string | undefined;
  readonly level: LogLevel | undefined;
}

/**
 * Whether a line is shown. A line that states no level belongs to the line before it of the same container, as the lines
 * of a stack trace do. Throws `usage` for an invalid expression.
 */
export function createLogFilter({ grep, level }: LogSelection): (line: LogLine) => boolean {
  const pattern = grep === undefined ? undefined : parsePattern(grep);
  const shownBefore = new Map<string, boolean>();
  const hasLevel = (line: LogLine, text: string): boolean => {
    if (level === undefined) return true;
    const stated = levelOf(text);
    const isShown = stated === undefined ? (shownBefore.get(line.containerId) ?? false) : isAtLeast(stated, level);
    shownBefore.set(line.containerId, isShown);
    return isShown;
  };
  return (line) => {
    const text = neutralise(line.text);
    return hasLevel(line, text) && (pattern === undefined || pattern.test(text));
  };
}

/** Some fields of a JSON line as `a=1 b="two words"`; any other line as it is. */
export function pickFields(text: string, names: readonly string[]): string {
  const fields = names.length === 0 ? undefined : fieldsOf(neutralise(text));
  if (!fields) return text;
  return names.flatMap((name) => (fields[name] === undefined ? [] : [`${name}=${formatField(fields[name])}`])).join(' ');
}

function formatField(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return /[\s"=]/.test(value) || value === '' ? JSON.stringify(value) : value;
}

/** Case counts only when the expression has capitals. */
function parsePattern(source: string): RegExp {
  try {
    return new RegExp(source, source === source.toLowerCase() ? 'i' : '');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DevctlError('usage', `--grep: ${why}`, { hint: 'Escape special characters with \\, e.g. --grep "\\[error\\]".', cause });
  }
}
