import * as z from 'zod';
import { parseDuration } from '#domain/duration.ts';
import { DevctlError } from '#domain/error.ts';
import type { Stream } from './action.ts';
import { unavailableWithoutEngine } from './availability.ts';
import { describeCulprits } from './culprits.ts';
import { readModel } from './read-stack.ts';
import { unknownService } from './select-named.ts';
import { servicesOption } from './services-option.ts';
import { type Readiness, waitForServices } from './wait-for-services.ts';

const options = z.object({
  services: servicesOption,
  timeout: z.string().optional().meta({ value: 'DURATION', description: "how long to wait (90s, 2m); the profile's deadline when absent" }),
});

const LINES_OF_CULPRIT = 50;

/** Waits until services are up, telling each change. Throws `unhealthy` with the last lines of each that is not. */
export const wait: Stream<z.infer<typeof options>, Readiness> = {
  kind: 'stream',
  id: 'stack.wait',
  command: 'wait',
  title: 'Wait until services are up',
  summary: 'wait until services are healthy, running, or completed (exit code 4 when they are not in time)',
  examples: ['devctl wait', 'devctl wait api --timeout 30s'],
  options,
  unavailable: unavailableWithoutEngine,
  follow: async (context, wish, emit, signal) => {
    const profile = await context.profile();
    const deadlineSeconds = wish.timeout === undefined ? profile.health.deadlineSeconds : secondsOf(wish.timeout);
    const [engine, model] = [await context.engine(), await readModel(context)];
    const services = named(wish.services, Object.keys(model.services));
    const readiness = await waitForServices({
      engine,
      clock: context.edges.clock,
      model,
      services,
      deadlineSeconds,
      signal,
      onChange: emit,
    });
    if (signal.aborted || readiness.every((one) => one.state === 'ready')) return;
    const late = readiness.filter((one) => one.state !== 'ready').map((one) => one.service);
    const failed = readiness.some((one) => one.state === 'failed');
    const headline = `Not up${failed ? '' : ` after ${deadlineSeconds} s`}: ${late.join(', ')}`;
    throw new DevctlError(
      'unhealthy',
      [headline, ...(await describeCulprits(engine, model.name, readiness, LINES_OF_CULPRIT))].join('\n'),
      {
        hint: 'devctl status explains more.',
        details: { services: readiness },
      },
    );
  },
  document: ({ service, state, detail }) => ({ schema: 1, event: 'readiness', service, state, detail }),
  line: ({ service, state, detail }, paint) => {
    const sign = state === 'ready' ? paint.good('●') : state === 'failed' ? paint.bad('✖') : paint.attention('◐');
    return `${sign} ${service}  ${detail}`;
  },
};

function secondsOf(text: string): number {
  const seconds = parseDuration(text);
  if (seconds !== undefined) return seconds;
  throw new DevctlError('usage', `--timeout ${text} is no duration.`, { hint: 'Write it as 90s, 2m or 1m30s.' });
}

function named(names: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownService(unknown, known);
  return names.length === 0 ? known : names;
}
