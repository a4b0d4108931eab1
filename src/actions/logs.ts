import * as z from 'zod';
import type { ContainerState } from '#domain/container.ts';
import { parseDuration } from '#domain/duration.ts';
import { DevctlError } from '#domain/error.ts';
import { LOG_LEVELS } from '#domain/log-level.ts';
import { neutralise, neutraliseKeepingColour } from '#domain/text.ts';
import type { LogLine } from '#session/logs.ts';
import { replicasByService } from '#session/services.ts';
import type { Stream } from './action.ts';
import { unavailableWithoutContainers } from './availability.ts';
import type { Context } from './context.ts';
import { followLogs, type ShowLine } from './follow-logs.ts';
import { readLogs } from './read-logs.ts';
import { createLogFilter, pickFields } from './select-log-lines.ts';
import { unknownService } from './select-named.ts';
import { servicesOption } from './services-option.ts';

const options = z.object({
  services: servicesOption,
  follow: z.boolean().default(false).meta({ short: 'f', description: 'go on with new lines, over restarts too' }),
  tail: z.int().min(0).optional().meta({ short: 'n', value: 'LINES', description: 'only the last lines of each container (with -f: 200)' }),
  since: z.string().optional().meta({ value: 'TIME', description: 'from a time (2026-01-31T12:00) or this long ago (10m)' }),
  until: z.string().optional().meta({ value: 'TIME', description: 'up to a time, or this long ago' }),
  grep: z.string().optional().meta({ short: 'g', value: 'RE', description: 'only lines that match; capitals count when it has any' }),
  level: z.enum(LOG_LEVELS).optional().meta({ value: 'LEVEL', description: 'only lines of this level and worse' }),
  fields: z.string().optional().meta({ value: 'A,B', description: 'only these fields of JSON lines' }),
  timestamps: z.boolean().default(false).meta({ short: 't', description: 'when each line was written' }),
});

type LogsOptions = z.infer<typeof options>;

/** Which lines, in the engine's terms: nanoseconds as `seconds.nanoseconds`. */
export interface LogRange {
  readonly tail: number | undefined;
  readonly since: string | undefined;
  readonly until: string | undefined;
}

interface ShownLine {
  readonly line: LogLine;
  readonly container: string;
  readonly fields: readonly string[];
  readonly timestamps: boolean;
  /** Columns of the longest service name. */
  readonly width: number;
}

/** Shows log lines of services, merged by time. */
export const logs: Stream<LogsOptions, ShownLine> = {
  kind: 'stream',
  id: 'stack.logs',
  command: 'logs',
  title: 'Show logs',
  summary: 'log lines of services, merged by time',
  examples: ['devctl logs -f api worker', 'devctl logs --since 10m --level warn', 'devctl logs --grep "timeout|refused" --json'],
  options,
  unavailable: unavailableWithoutContainers,
  follow: async (context, wish, emit, signal) => {
    if (wish.follow && wish.until)
      throw new DevctlError('usage', '--until makes no sense with --follow.', { hint: 'Leave one of them out.' });
    const isShown = createLogFilter({ grep: wish.grep, level: wish.level });
    const now = context.edges.clock.now();
    const range = { tail: wish.tail, since: timeOf(wish.since, '--since', now), until: timeOf(wish.until, '--until', now) };
    const { replicas, services, names } = await findServices(context, wish.services);
    const fields =
      wish.fields
        ?.split(',')
        .map((name) => name.trim())
        .filter(Boolean) ?? [];
    const width = Math.max(0, ...services.map((name) => name.length));
    const show: ShowLine = (line, container) => {
      if (isShown(line)) emit({ line, container, fields, timestamps: wish.timestamps, width });
    };
    if (wish.follow) return followLogs(context, { services: wish.services, range }, show, signal);
    for (const line of await readLogs(await context.engine(), replicas, range, signal)) show(line, names.get(line.containerId) ?? '');
  },
  document: ({ line, container, fields }) => ({
    schema: 1,
    service: line.service,
    container,
    stream: line.stream,
    time: isoOf(line.timeNano),
    text: pickFields(neutralise(line.text), fields),
  }),
  line: ({ line, fields, timestamps, width }, paint) => {
    const time = timestamps ? `${paint.dim(isoOf(line.timeNano))} ` : '';
    const name = line.stream === 'stderr' ? paint.attention : paint.accent;
    const text = paint.colour
      ? `${neutraliseKeepingColour(pickFields(line.text, fields))}\u001b[0m`
      : neutralise(pickFields(line.text, fields));
    return `${time}${name(line.service.padEnd(width))} ${paint.dim('│')} ${text}`;
  },
};

/** The replicas whose lines are wanted. A service is known when the model has it or a container is there. */
async function findServices(context: Context, wanted: readonly string[]) {
  const [engine, inputs, compose] = await Promise.all([context.engine(), context.inputs(), context.compose()]);
  const listed = await engine.containers(inputs.projectName);
  const byService = replicasByService(Object.fromEntries(listed.map((one) => [one.id, one])));
  const unlisted = wanted.filter((name) => !byService.has(name));
  if (unlisted.length > 0) {
    const model = (await compose.cachedModel(inputs)) ?? (await compose.model(inputs));
    const known = [...new Set([...Object.keys(model.services), ...byService.keys()])];
    const unknown = unlisted.find((name) => !known.includes(name));
    if (unknown !== undefined) throw unknownService(unknown, known);
  }
  const services = wanted.length > 0 ? wanted : [...byService.keys()];
  const replicas = await Promise.all(
    services.flatMap((name) => (byService.get(name) ?? []).map(async (one) => (await engine.container(one.id)) ?? one)),
  );
  const names: ReadonlyMap<string, string> = new Map(listed.map((one: ContainerState) => [one.id, one.name]));
  return { replicas, services, names };
}

/** `seconds.nanoseconds` of a time or of a duration ago. */
function timeOf(text: string | undefined, flag: string, now: number): string | undefined {
  if (text === undefined) return undefined;
  const ago = parseDuration(text);
  const ms = ago === undefined ? Date.parse(text) : now - ago * 1000;
  if (Number.isFinite(ms)) return (ms / 1000).toFixed(9);
  throw new DevctlError('usage', `${flag} ${text} is neither a time nor a duration.`, {
    hint: `Write ${flag} 10m or ${flag} 2026-01-31T12:00.`,
  });
}

/** RFC 3339 with milliseconds, UTC. */
function isoOf(timeNano: string): string {
  return new Date(Number(timeNano.slice(0, -6))).toISOString();
}
