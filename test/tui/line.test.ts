import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { themeOf } from '#tui/theme.ts';
import { columnsOf, cutText, fitLine, justify, line, lineColumns, lineText, span, wrapText } from '#tui/widgets/line.ts';

const TEXT = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('日本語', 'e\u0301', '👩‍👧', 'a\u001b[31mb', '🇩🇪', '\u202eabc'),
);

describe('a line', () => {
  test('fits every width exactly', () => {
    fc.assert(
      fc.property(fc.array(TEXT, { maxLength: 4 }), fc.nat(40), (texts, width) => {
        expect(stringWidth(lineText(fitLine(line(...texts.map((text) => span(text))), width)))).toBe(width);
      }),
    );
  });

  test('keeps its right part whole', () => {
    expect(lineText(justify(line('a long left part'), line('right'), 12))).toBe('a long…right');
    expect(lineText(justify(line('left'), line('right'), 12))).toBe('left   right');
  });

  test('holds no control character', () => {
    expect(lineText(line('a\nb\u0007c\u001b[2J'))).toBe('abc[2J');
  });
});

describe('text', () => {
  test('is cut with an ellipsis, never in the middle of a character', () => {
    expect(cutText('postgres', 5)).toBe('post…');
    expect(cutText('日本語', 5)).toBe('日本…');
    expect(cutText('日本語', 4)).toBe('日…');
    expect(cutText('ok', 5)).toBe('ok');
  });

  test('wraps at blanks, breaks words that are too long, and loses nothing', () => {
    expect(wrapText('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapText('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '日', '-') }), fc.integer({ min: 2, max: 12 }), (text, width) => {
        const rows = wrapText(text, width);
        for (const row of rows) expect(columnsOf(row)).toBeLessThanOrEqual(width);
        expect(rows.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});

describe('the signs', () => {
  test.each(['dark', 'none'] as const)('take one column each (%s)', (name) => {
    const { signs } = themeOf(name, false);
    for (const sign of Object.values(signs).flat()) expect(lineColumns(line(sign)), sign).toBe(1);
  });
});
