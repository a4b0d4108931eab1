import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogRecord } from '#docker/engine.ts';
import { createLogReader } from '#docker/log-stream.ts';
import { fakeEngine } from './fake-engine.ts';

const T1 = '2026-11-20T10:00:00.000000001Z';
const T2 = '2026-11-20T10:00:00.000000002Z';

/** A frame as the engine makes it: 8 bytes of header, then the payload. */
function frame(stream: 1 | 2, payload: string | Buffer): Buffer {
  const body = Buffer.from(payload);
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

function read(tty: boolean, chunks: readonly Buffer[]): readonly LogRecord[] {
  const records: LogRecord[] = [];
  const reader = createLogReader({ tty, onLine: (record) => records.push(record) });
  for (const chunk of chunks) reader.write(chunk);
  reader.end();
  return records;
}

test('frames become records of their stream; an empty line and a line without end count', () => {
  const bytes = [frame(1, `${T1} one\n`), frame(2, `${T2} two\r\n`), frame(1, `${T1} \n`), frame(2, `${T2} cut`)];
  expect(read(false, [Buffer.concat(bytes)])).toEqual([
    { stream: 'stdout', time: T1, text: 'one' },
    { stream: 'stderr', time: T2, text: 'two' },
    { stream: 'stdout', time: T1, text: '' },
    { stream: 'stderr', time: T2, text: 'cut' },
  ]);
});

test('pieces of a long line are one line with the first time, also with the other stream between', () => {
  const long = Buffer.from('ä'.repeat(9000));
  const bytes = [
    frame(1, Buffer.concat([Buffer.from(`${T1} `), long.subarray(0, 16_383)])),
    frame(2, `${T2} between\n`),
    frame(1, Buffer.concat([Buffer.from(`${T2} `), long.subarray(16_383), Buffer.from('\n')])),
  ];
  expect(read(false, bytes)).toEqual([
    { stream: 'stderr', time: T2, text: 'between' },
    { stream: 'stdout', time: T1, text: 'ä'.repeat(9000) },
  ]);
});

test('a terminal’s raw stream is cut at line ends', () => {
  expect(read(true, [Buffer.from(`${T1} a\r\n${T2} \u001b[1mb`), Buffer.from('old\u001b[0m\r\n')])).toEqual([
    { stream: 'stdout', time: T1, text: 'a' },
    { stream: 'stdout', time: T2, text: '\u001b[1mbold\u001b[0m' },
  ]);
});

test('however the bytes are cut, the records are the same', () => {
  const line = fc.record({
    stream: fc.constantFrom(1, 2) as fc.Arbitrary<1 | 2>,
    text: fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replace(/[\r\n]/g, '')),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (lines, sizes) => {
      const bytes = Buffer.concat(lines.map((one) => frame(one.stream, `${T1} ${one.text}\n`)));
      const chunks: Buffer[] = [];
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const size = sizes[i % sizes.length] ?? 1;
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      expect(read(false, chunks)).toEqual(
        lines.map((one) => ({ stream: one.stream === 1 ? 'stdout' : 'stderr', time: T1, text: one.text })),
      );
    }),
    { numRuns: 60 },
  );
});

const request = { follow: true, tail: 10, since: '1.5', until: undefined, tty: false };

test('asks for what is wished and ends with the stream; a container that is gone has no log', async () => {
  const { engine, requests } = await fakeEngine({ 'GET /v1.44/containers/a/logs': (_, response) => response.end(frame(1, `${T1} bye\n`)) });
  const records: LogRecord[] = [];
  await engine.logs('a', { ...request, onLine: (record) => records.push(record) }, new AbortController().signal);
  expect(records).toEqual([{ stream: 'stdout', time: T1, text: 'bye' }]);
  expect(requests[0]).toBe('GET /v1.44/containers/a/logs?stdout=true&stderr=true&timestamps=true&follow=true&tail=10&since=1.5');
  await engine.logs('gone', { ...request, onLine: (record) => records.push(record) }, new AbortController().signal);
  expect(records).toHaveLength(1);
});

test('an abort is an end, a broken connection is a failure', async () => {
  const abort = new AbortController();
  const { engine } = await fakeEngine({
    'GET /v1.44/containers/a/logs': (_, response) => response.write(frame(1, `${T1} first\n`)),
    'GET /v1.44/containers/b/logs': (_, response) => response.write(frame(1, `${T1} first\n`), () => response.destroy()),
  });
  await engine.logs('a', { ...request, onLine: () => abort.abort() }, abort.signal);
  await expect(engine.logs('b', { ...request, onLine: () => undefined }, new AbortController().signal)).rejects.toMatchObject({
    kind: 'environment',
  });
});
