import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '#domain/duration.ts';
import { formatBytes } from '#domain/size.ts';
import { neutralise, neutraliseKeepingColour, suggest } from '#domain/text.ts';

describe('text from containers', () => {
  it('loses cursor moves, titles, links, bells and colours', () => {
    expect(neutralise('\u001b[2J\u001b[1;1Hhi\u001b]0;title\u0007 \u001b[31mred\u001b[0m\u0007\r')).toBe('hi red');
  });

  it('may keep colours alone', () => {
    expect(neutraliseKeepingColour('\u001b[2K\u001b[31mred\u001b[0m')).toBe('\u001b[31mred\u001b[0m');
  });

  it('never lets an escape or control character through, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.integer({ min: 0, max: 0x2100 }).map((code) => String.fromCodePoint(code)) }), (text) => {
        for (const character of neutralise(text))
          expect(character === '\n' || (character >= ' ' && !(character >= '\u007f' && character <= '\u009f'))).toBe(true);
      }),
    );
  });
});

describe('suggestions', () => {
  it('finds the word that was meant', () => {
    expect(suggest('postgrse', ['postgres', 'redis', 'api'])).toBe('postgres');
    expect(suggest('xyz', ['postgres', 'redis'])).toBeUndefined();
  });
});

describe('durations and sizes', () => {
  it.each([
    ['90', 90],
    ['1m30s', 90],
    ['1.5h', 5400],
    ['500ms', 0.5],
    ['7d', 604800],
    ['10 m', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('reads %s', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it('prints the largest whole unit', () => {
    expect([3, 61, 7200, 90000, 400000].map(formatDuration)).toEqual(['3 s', '1 min', '2 h', '1 day', '4 days']);
    expect([0, 999, 1234, 412_000_000, 1_200_000_000].map(formatBytes)).toEqual(['0 B', '999 B', '1.2 kB', '412 MB', '1.2 GB']);
  });
});
