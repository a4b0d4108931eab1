import type { ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import type { EngineEvent, EventFeed } from '#docker/engine.ts';
import { parseEvent } from '#docker/parse-event.ts';
import { fakeEngine } from './fake-engine.ts';

const started = (timeNano: string, name = 'shop-api-1'): string =>
  `{"Type":"container","Action":"start","Actor":{"ID":"abc","Attributes":{"name":"${name}","com.docker.compose.service":"api"}},"scope":"local","time":1,"timeNano":${timeNano}}\n`;

test('keeps all 19 digits of the time, splits the health state off, and names volumes and networks', () => {
  expect(parseEvent(started('1795219147472005163'))).toMatchObject({
    action: 'start',
    service: 'api',
    name: 'shop-api-1',
    timeNano: '1795219147472005163',
  });
  const health = parseEvent(
    '{"Type":"container","Action":"health_status: unhealthy","Actor":{"ID":"a","Attributes":{"note":"\\"timeNano\\":7"}},"timeNano":5}',
  );
  expect(health).toMatchObject({ action: 'health_status', attributes: { health: 'unhealthy' }, timeNano: '5' });
  expect(parseEvent('{"Type":"volume","Action":"destroy","Actor":{"ID":"shop_data"},"timeNano":1}')).toEqual({
    kind: 'volume',
    action: 'destroy',
    name: 'shop_data',
    timeNano: '1',
  });
  expect(
    parseEvent('{"Type":"network","Action":"create","Actor":{"ID":"9f","Attributes":{"name":"shop_default"}},"timeNano":1}'),
  ).toMatchObject({ kind: 'network', name: 'shop_default' });
  expect(parseEvent('{"Type":"image","Action":"pull","timeNano":1}')).toBeUndefined();
  expect(parseEvent('')).toBeUndefined();
});

/** A feed that writes down what it is told. */
function recorder() {
  const events: EngineEvent[] = [];
  const feed = { project: 'shop', onConnected: vi.fn(), onDisconnected: vi.fn(), onEvent: (event: EngineEvent) => void events.push(event) };
  return { events, feed: feed satisfies EventFeed };
}

test('three subscriptions; a loss of one is told once, and all are made anew from where they were', async () => {
  const open: ServerResponse[] = [];
  const { engine, requests } = await fakeEngine({
    'GET /v1.44/events': (_, response) => {
      response.writeHead(200).flushHeaders();
      open.push(response);
    },
  });
  const { events, feed } = recorder();
  const abort = new AbortController();
  engine.follow(feed, abort.signal);
  await vi.waitFor(() => expect(feed.onConnected).toHaveBeenCalledTimes(1));
  expect(requests).toHaveLength(3);
  const project = requests.findIndex((one) => one.includes('compose.project=shop'));
  open[project]?.write(started('1795219147472005163').slice(0, 40));
  open[project]?.write(started('1795219147472005163').slice(40));
  await vi.waitFor(() => expect(events).toHaveLength(1));

  open[(project + 1) % 3]?.destroy();
  await vi.waitFor(() => expect(feed.onConnected).toHaveBeenCalledTimes(2), { timeout: 3000 });
  expect(feed.onDisconnected).toHaveBeenCalledTimes(1);
  expect(feed.onDisconnected.mock.calls[0]?.[0]).toMatchObject({ kind: 'environment' });
  const again = requests.findIndex((one, index) => index > 2 && one.includes('compose.project=shop'));
  expect(requests[again]).toContain('since=1795219147.472005163');
  open[again]?.write(started('1795219147472005163') + started('1795219147472005164'));
  await vi.waitFor(() => expect(events).toHaveLength(2));
  expect(events[1]?.timeNano).toBe('1795219147472005164');

  abort.abort();
  await vi.waitFor(() => expect(open.every((one) => one.destroyed)).toBe(true));
  expect(feed.onDisconnected).toHaveBeenCalledTimes(1);
});

test('an engine that is not there is reported once, however often it is tried', async () => {
  let answers = 0;
  const { engine } = await fakeEngine({
    'GET /v1.44/events': (_, response) => {
      answers += 1;
      response.writeHead(answers > 9 ? 200 : 500).flushHeaders();
      if (answers <= 9) response.end('{"message":"starting"}');
    },
  });
  const { feed } = recorder();
  const abort = new AbortController();
  engine.follow(feed, abort.signal);
  await vi.waitFor(() => expect(feed.onConnected).toHaveBeenCalledTimes(1), { timeout: 5000 });
  expect(feed.onDisconnected).toHaveBeenCalledTimes(1);
  abort.abort();
});
