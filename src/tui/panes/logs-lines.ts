import { neutralise } from '#domain/text.ts';
import type { LogLine } from '#session/logs.ts';
import type { Role } from '../theme.ts';
import { type Line, line, span } from '../widgets/line.ts';
import { timeOfDay } from './time-of-day.ts';

/** Lines of the short tail: time of day, then the text; long lines are cut (the Logs screen opens them whole). */
export function formatLogs(lines: readonly LogLine[]): readonly Line[] {
  return lines.map((one) => {
    const known = drawn.get(one) ?? formatLine(one);
    drawn.set(one, known);
    return known;
  });
}

/** A line never changes, so it is drawn once. */
const drawn = new WeakMap<LogLine, Line>();

function formatLine(one: LogLine): Line {
  const text = neutralise(messageOf(one.text));
  return line(span(`${timeOfDay(Number(one.timeNano.slice(0, -6)))} `, 'dim'), span(text, roleOf(text)));
}

/** Level and message of a JSON line; other lines as they are. */
function messageOf(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    const { level = '', msg, message = msg } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return typeof message === 'string' ? `${level} ${message}`.trimStart() : text;
  } catch {
    // Looks like JSON and is none: shown as it is.
    return text;
  }
}

function roleOf(text: string): Role {
  if (/\b(error|fatal|panic|emerg|crit(ical)?)\b/i.test(text)) return 'bad';
  return /\bwarn(ing)?\b/i.test(text) ? 'attention' : 'plain';
}
