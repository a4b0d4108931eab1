import { COMPOSE_LABEL, DEVCTL_LABEL } from '#domain/container.ts';
import { asDevctlError, DevctlError } from '#domain/error.ts';
import type { Clock } from '#system/clock.ts';
import { createLineSplitter } from '#system/lines.ts';
import type { EngineEvent, EventFeed } from './engine.ts';
import type { EngineClient } from './engine-client.ts';
import { HOLDER_PURPOSE } from './holders.ts';
import { parseEvent } from './parse-event.ts';

/** What following needs. */
export interface EventEdges {
  readonly client: EngineClient;
  readonly clock: Clock;
}

/** Follows events until aborted: subscribes, asks for a list, and subscribes anew after every loss, at most 2 s later. */
export async function followEvents(edges: EventEdges, feed: EventFeed, signal: AbortSignal): Promise<void> {
  const subscriptions = subscriptionsOf(feed.project);
  let delay = FIRST_DELAY_MS;
  let said: string | undefined;
  while (!signal.aborted) {
    try {
      await followOnce(edges.client, { subscriptions, signal, feed, onConnected: () => ([delay, said] = [FIRST_DELAY_MS, undefined]) });
    } catch (thrown) {
      const error = asDevctlError(thrown);
      if (!signal.aborted && error.message !== said) feed.onDisconnected(error);
      said = error.message;
    }
    await edges.clock.sleep(delay, signal);
    delay = Math.min(delay * 2, LAST_DELAY_MS);
  }
}

const FIRST_DELAY_MS = 100;
const LAST_DELAY_MS = 2000;

interface Subscription {
  readonly filters: Readonly<Record<string, readonly string[]>>;
  /** Time of the newest event, in nanoseconds. */
  newest: string | undefined;
}

/** The label filter lets container events through only: volumes and networks need a subscription of their own. */
function subscriptionsOf(project: string): readonly Subscription[] {
  const containers = { type: ['container'], event: CONTAINER_EVENTS };
  return [
    { filters: { ...containers, label: [`${COMPOSE_LABEL.project}=${project}`] }, newest: undefined },
    { filters: { ...containers, label: [`${DEVCTL_LABEL}=${HOLDER_PURPOSE}`] }, newest: undefined },
    // A start that fails makes no event but the `disconnect` of its network.
    { filters: { type: ['volume', 'network'], event: ['create', 'destroy', 'disconnect'] }, newest: undefined },
  ];
}

/** Without the exec_* events of health checks, which are nine in ten. */
const CONTAINER_EVENTS = 'create start die stop kill oom destroy rename pause unpause restart health_status'.split(' ');

interface Following {
  readonly subscriptions: readonly Subscription[];
  readonly signal: AbortSignal;
  readonly feed: EventFeed;
  onConnected(): void;
}

/** Until the first subscription ends: then all end. Throws what ended it. */
async function followOnce(client: EngineClient, { subscriptions, signal, feed, onConnected }: Following): Promise<void> {
  const together = new AbortController();
  const stop = (): void => together.abort();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const streams = await Promise.all(
      subscriptions.map((one) => client.stream('/events', { filters: one.filters, ...sinceOf(one) }, together.signal)),
    );
    const reading = streams.map((stream, index) => {
      const deliver = createDelivery(subscriptions[index], feed);
      return stream.read(deliver).then(() => Promise.reject(streamEnded()));
    });
    onConnected();
    feed.onConnected();
    await Promise.race(reading);
  } finally {
    signal.removeEventListener('abort', stop);
    together.abort();
  }
}

function streamEnded(): DevctlError {
  return new DevctlError('environment', 'The engine ended the event stream.', {
    hint: 'It is probably restarting; devctl connects again by itself.',
  });
}

function sinceOf({ newest }: Subscription): { readonly since?: string } {
  return newest === undefined ? {} : { since: `${newest.slice(0, -9)}.${newest.slice(-9)}` };
}

/** `since` includes its own moment: what was seen is not told again. */
function createDelivery(subscription: Subscription | undefined, feed: EventFeed): (chunk: Buffer) => void {
  const seen = subscription?.newest;
  const lines = createLineSplitter((line) => {
    const event: EngineEvent | undefined = parseEvent(line);
    if (!event || (seen !== undefined && event.timeNano <= seen)) return;
    if (subscription) subscription.newest = event.timeNano;
    feed.onEvent(event);
  });
  return lines.write;
}
