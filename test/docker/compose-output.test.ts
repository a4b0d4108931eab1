import { expect, test, vi } from 'vitest';
import { isRecreateQuestion, listenToOutput, readableOutput } from '#docker/compose-output.ts';
import { parseProgress } from '#docker/compose-progress.ts';

test.each([
  [' Container shop-api-1  Started', { id: 'Container shop-api-1', text: 'Started', done: true }],
  [' Volume "shop_data"  Creating', { id: 'Volume shop_data', text: 'Creating', done: false }],
  [' Network shop_default  Resource is still in use', { id: 'Network shop_default', text: 'Resource is still in use', done: true }],
  ['{"id":"Container shop-api-1","status":"Creating"}', { id: 'Container shop-api-1', text: 'Creating', done: false }],
  ['{"id":"Container shop-api-1","status":"Healthy"}', { id: 'Container shop-api-1', text: 'Healthy', done: true }],
  ['{"id":"Container shop-api-1","status":"Working","text":"Creating"}', { id: 'Container shop-api-1', text: 'Creating', done: false }],
  ['{"id":"Container shop-api-1","status":"Done","text":"Created"}', { id: 'Container shop-api-1', text: 'Created', done: true }],
  ['{"id":"Image x","status":"Error","text":"Error","details":"not found"}', { id: 'Image x', text: 'Error not found', done: true }],
])('progress: %s', (line, expected) => expect(parseProgress(line)).toEqual(expected));

test.each(['#5 [2/3] RUN npm ci', 'Container', '{"not":"progress"}', '{broken', 'Pulling from library/redis', ''])(
  'no progress: %s',
  (line) => expect(parseProgress(line)).toBeUndefined(),
);

test('progress goes one way, words the other, and every line is looked at', () => {
  const [onLine, onProgress, onAny] = [vi.fn(), vi.fn(), vi.fn()];
  const listen = listenToOutput({ onLine, onProgress }, onAny);
  for (const line of [' Container a  Started', '#1 building', '{"error":true,"message":"no such image"}']) listen('stderr', line);
  expect(onProgress.mock.calls).toEqual([[{ id: 'Container a', text: 'Started', done: true }]]);
  expect(onLine.mock.calls).toEqual([
    ['stderr', '#1 building'],
    ['stderr', 'no such image'],
  ]);
  expect(onAny).toHaveBeenCalledTimes(3);
});

test('JSON output for people', () => {
  expect(readableOutput('{"id":"Image x","status":"Pulling"}\n#1 built\n{"error":true,"message":"no such image"}')).toBe(
    ' Image x  Pulling\n#1 built\nno such image',
  );
});

test('the offer to throw a volume away is recognised', () => {
  const asked = '? Volume "shop_data" exists but doesn\'t match configuration in compose file. Recreate (data will be lost)? (y/N) ';
  expect(isRecreateQuestion(asked)).toBe(true);
  expect(isRecreateQuestion(' Volume "shop_data"  Created')).toBe(false);
});
