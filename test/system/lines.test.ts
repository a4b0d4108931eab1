import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineSplitter, createOutputTail } from '#system/lines.ts';

test('lines come out whole however the bytes are cut', () => {
  const line = fc.string({ unit: 'binary' }).map((text) => text.replace(/[\r\n]/g, ''));
  fc.assert(
    fc.property(fc.array(line), fc.integer({ min: 1, max: 7 }), (lines, size) => {
      const bytes = Buffer.from(lines.map((one) => `${one}\n`).join(''));
      const seen: string[] = [];
      const splitter = createLineSplitter((one) => seen.push(one));
      for (let at = 0; at < bytes.length; at += size) splitter.write(bytes.subarray(at, at + size));
      splitter.end();
      expect(seen).toEqual(lines.map((one) => Buffer.from(one).toString()));
    }),
  );
});

test('a carriage return before the line end goes, a last line without an end stays', () => {
  const seen: string[] = [];
  const splitter = createLineSplitter((one) => seen.push(one));
  splitter.write(Buffer.from('a\r\nb'));
  splitter.end();
  expect(seen).toEqual(['a', 'b']);
});

test('the tail keeps the last bytes', () => {
  const tail = createOutputTail(5);
  for (const chunk of ['abc', 'de', 'fgh', 'i']) tail.write(Buffer.from(chunk));
  expect(tail.text()).toBe('efghi');
});
