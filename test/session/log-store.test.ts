import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLogStore, nanosecondsOf } from '#session/log-store.ts';

const MB = 1024 * 1024;

function record(text: string, nano: number) {
  return { stream: 'stdout' as const, time: `2026-11-20T12:00:00.${String(nano).padStart(9, '0')}Z`, text };
}

describe('tail', () => {
  test('merges services by time, oldest first', () => {
    const logs = createLogStore();
    logs.append('api', 'api-1', record('a', 10));
    logs.append('api', 'api-1', record('c', 30));
    logs.append('db', 'db-1', record('b', 20));
    expect(logs.tail([], 10).map((line) => line.text)).toEqual(['a', 'b', 'c']);
    expect(logs.tail(['api'], 1).map((line) => line.text)).toEqual(['c']);
    expect(logs.tail(['nobody'], 1)).toEqual([]);
  });

  test('merges replicas whose old lines come late', () => {
    const logs = createLogStore();
    logs.append('api', 'api-1', record('new', 50));
    logs.append('api', 'api-2', record('old', 5));
    expect(logs.tail(['api'], 2).map((line) => line.text)).toEqual(['old', 'new']);
  });

  test('is the newest lines of all, whatever the order of arrival between containers', () => {
    const arrivals = fc.array(fc.record({ service: fc.constantFrom('a', 'b', 'c'), nano: fc.nat(1000) }), { maxLength: 60 });
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 70 }), (lines, count) => {
        const logs = createLogStore();
        const sorted = lines.toSorted((x, y) => x.nano - y.nano);
        for (const line of sorted) logs.append(line.service, `${line.service}-1`, record('', line.nano));
        const times = logs.tail([], count).map((line) => Number(line.timeNano.slice(-9)));
        expect(times).toEqual(sorted.slice(-count).map((line) => line.nano));
      }),
    );
  });

  test('removes what could steer the terminal, but keeps colours', () => {
    const logs = createLogStore();
    logs.append('api', 'api-1', record('\u001b[2J\u001b[31mred\u001b[0m\u0007', 1));
    expect(logs.tail([], 1)[0]?.text).toBe('\u001b[31mred\u001b[0m');
  });
});

describe('bounds', () => {
  test('a service keeps its newest lines and counts what went', () => {
    const logs = createLogStore({ perService: 10_000, total: 100_000 });
    for (let i = 0; i < 1000; i++) logs.append('api', 'api-1', record('x'.repeat(80), i));
    const lines = logs.tail([], 1000);
    expect(lines.length).toBeLessThanOrEqual(99);
    expect(lines.length).toBeGreaterThanOrEqual(85);
    expect(lines.at(-1)?.timeNano.endsWith('000000999')).toBe(true);
    expect(logs.dropped()).toEqual({ api: 1000 - lines.length });
  });

  test('a noisy service does not push out a quiet one', () => {
    const logs = createLogStore({ perService: 10 * MB, total: 100_000 });
    logs.append('quiet', 'quiet-1', record('still here', 1));
    for (let i = 0; i < 5000; i++) logs.append('noisy', 'noisy-1', record('x'.repeat(80), i + 2));
    expect(logs.tail(['quiet'], 1)[0]?.text).toBe('still here');
    expect(logs.dropped().quiet).toBe(0);
    expect(logs.dropped().noisy).toBeGreaterThan(4000);
  });

  test('text that shrinks when it is shown does not wear the bound away', () => {
    const logs = createLogStore({ perService: 20_000, total: 20_000 });
    for (let i = 0; i < 2000; i++) {
      logs.append('api', 'api-1', record('\u0007'.repeat(80), i));
      logs.tail([], 5);
    }
    expect(logs.tail([], 1000).length).toBeGreaterThan(80);
  });

  test('one line above the bound goes, and the next is kept', () => {
    const logs = createLogStore({ perService: 1000, total: 1000 });
    logs.append('api', 'api-1', record('x'.repeat(5000), 1));
    logs.append('api', 'api-1', record('y', 2));
    expect(logs.tail([], 5).map((line) => line.text)).toEqual(['y']);
  });

  test('never holds more than its bounds, and never loses count', () => {
    const arrivals = fc.array(fc.record({ service: fc.constantFrom('a', 'b', 'c'), length: fc.nat(400) }), { maxLength: 200 });
    fc.assert(
      fc.property(arrivals, (lines) => {
        const logs = createLogStore({ perService: 2000, total: 4000 });
        for (const [index, line] of lines.entries()) logs.append(line.service, `${line.service}-1`, record('x'.repeat(line.length), index));
        const kept = logs.tail([], 1000);
        const dropped = Object.values(logs.dropped()).reduce((sum, one) => sum + one, 0);
        expect(kept.length + dropped).toBe(lines.length);
        expect(kept.reduce((sum, line) => sum + line.text.length, 0)).toBeLessThanOrEqual(4000);
      }),
    );
  });
});

test('ids are unique and grow, and so does the version', () => {
  const logs = createLogStore();
  const ids = [1, 2, 3].map((nano) => logs.append('api', 'api-1', record('x', nano)).id);
  expect(ids).toEqual([1, 2, 3]);
  expect(logs.version).toBe(3);
});

test.each([
  ['1970-01-01T00:00:01Z', '0000000001000000000'],
  ['2026-11-20T16:15:03.4121Z', '1795191303412100000'],
  ['2026-11-20T16:15:03.123456789Z', '1795191303123456789'],
  ['2026-11-20T17:15:03.5+01:00', '1795191303500000000'],
])('nanosecondsOf(%s)', (time, nano) => {
  expect(nanosecondsOf(time)).toBe(nano);
});
