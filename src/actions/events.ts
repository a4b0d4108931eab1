import * as z from 'zod';
import type { EngineEvent } from '#docker/engine.ts';
import { isoNow } from '#system/clock.ts';
import type { Stream } from './action.ts';
import { unavailableWithoutEngine } from './availability.ts';
import { readModel } from './read-stack.ts';
import { servicesOption } from './services-option.ts';

const options = z.object({ services: servicesOption });

type EventItem = { readonly at: string } & (
  | { readonly kind: 'event'; readonly event: EngineEvent }
  | { readonly kind: 'lost'; readonly error: string }
  | { readonly kind: 'connected' }
);

/** Shows what happens to the stack's containers, volumes and networks until it is interrupted. */
export const events: Stream<z.infer<typeof options>, EventItem> = {
  kind: 'stream',
  id: 'stack.events',
  command: 'events',
  title: 'Follow events',
  summary: "what happens to the stack's containers, volumes and networks",
  examples: ['devctl events', 'devctl events api --json'],
  options,
  unavailable: unavailableWithoutEngine,
  follow: async (context, { services }, emit, signal) => {
    const [engine, inputs, model] = await Promise.all([context.engine(), context.inputs(), readModel(context)]);
    await engine.identity();
    // The engine tells of volumes and networks without saying whose they are.
    const names = new Set([...Object.values(model.volumes), ...Object.values(model.networks)].map((one) => one.name));
    const isOurs = (event: EngineEvent): boolean =>
      event.kind === 'container' || names.has(event.name) || event.name.startsWith(`${inputs.projectName}_`);
    const isWished = (event: EngineEvent): boolean =>
      services.length === 0 || (event.kind === 'container' && services.includes(event.service));
    const at = (): string => isoNow(context.edges.clock);
    let wasLost = false;
    const feed = {
      project: inputs.projectName,
      onConnected: () => {
        if (wasLost) emit({ kind: 'connected', at: at() });
        wasLost = false;
      },
      onEvent: (event: EngineEvent) => {
        if (isOurs(event) && isWished(event)) emit({ kind: 'event', at: timeOf(event), event });
      },
      onDisconnected: (error: Error) => {
        if (!wasLost) emit({ kind: 'lost', at: at(), error: error.message });
        wasLost = true;
      },
    };
    engine.follow(feed, signal);
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  },
  document: (item) => ({ schema: 1, at: item.at, ...documentOf(item) }),
  line: (item, paint) => {
    const time = paint.dim(item.at.slice(11, 23));
    if (item.kind === 'lost') return `${time} ${paint.bad('lost')}  ${item.error}`;
    if (item.kind === 'connected') return `${time} ${paint.good('connected')}`;
    const { event } = item;
    if (event.kind !== 'container') return `${time} ${event.kind}  ${event.action}  ${event.name}`;
    return `${time} ${paint.accent(event.service)}  ${event.action}${detailOf(event)}  ${paint.dim(event.name)}`;
  },
};

function documentOf(item: EventItem): Readonly<Record<string, unknown>> {
  if (item.kind !== 'event') return { event: item.kind, ...(item.kind === 'lost' ? { error: item.error } : {}) };
  const { event } = item;
  if (event.kind !== 'container') return { event: event.kind, action: event.action, name: event.name };
  const { action, service, name, id, attributes } = event;
  return {
    event: 'container',
    action,
    service,
    container: name,
    id,
    exitCode: attributes.exitCode === undefined ? null : Number(attributes.exitCode),
  };
}

function detailOf({ action, attributes }: Extract<EngineEvent, { kind: 'container' }>): string {
  if (action === 'die') return ` (exit code ${attributes.exitCode ?? '?'})`;
  return action === 'health_status' && attributes.health ? ` ${attributes.health}` : '';
}

/** ISO 8601 of the engine's own time. */
function timeOf(event: EngineEvent): string {
  return new Date(Number(event.timeNano.slice(0, -6))).toISOString();
}
