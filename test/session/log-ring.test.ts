import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLogRing, type RingLine } from '#session/log-ring.ts';

const line = fc.record({
  id: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  stream: fc.constantFrom('stdout', 'stderr'),
  timeNano: fc.bigInt({ min: 0n, max: 4_294_967_295_999_999_999n }).map((nano) => String(nano).padStart(19, '0')),
  text: fc.string({ unit: 'grapheme', maxLength: 300 }),
}) as fc.Arbitrary<RingLine>;

test('gives back what was put in, newest first, across blocks', () => {
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const ring = createLogRing(256);
      for (const one of lines) ring.push(one);
      expect([...ring.newestFirst()]).toEqual(lines.toReversed());
      expect(ring.oldestTime()).toBe(lines[0]?.timeNano);
    }),
  );
});

test('every byte that is taken is given back, and no line goes uncounted', () => {
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const ring = createLogRing(256);
      const taken = lines.reduce((sum, one) => sum + ring.push(one), 0);
      let [freed, gone] = [0, 0];
      for (let block = ring.dropBlock(); block; block = ring.dropBlock()) {
        freed += block.bytes;
        gone += block.lines;
      }
      expect([freed, gone]).toEqual([taken, lines.length]);
      expect([...ring.newestFirst()]).toEqual([]);
    }),
  );
});
