import type { Colour, Look, Theme } from '../theme.ts';
import { columnsOf, fitLine, type Line } from './line.ts';

/**
 * A line as text with colours, in exactly `width` columns. Painted here and not by nested components: a screen of rows is
 * then a handful of components instead of a thousand.
 */
export function paintLine(content: Line, theme: Theme, width: number): string {
  return fitLine(content, width, theme.signs.ellipsis)
    .map((part) => paint(theme.ascii ? inAscii(part.text) : part.text, theme.looks[part.role]))
    .join('');
}

/** The nearest ASCII character; one column stays one column, and two stay two. */
function inAscii(text: string): string {
  return text.replace(NOT_ASCII, (character) => NEAREST[character] ?? '?'.repeat(columnsOf(character)));
}

const NOT_ASCII = /[^\u0000-\u007f]/gu;
const NEAREST: Readonly<Record<string, string>> = {
  '…': '~',
  '·': '|',
  '→': '>',
  '←': '<',
  '↑': '^',
  '↓': 'v',
  '×': 'x',
  '•': '*',
  '≈': '~',
  '–': '-',
  '“': '"',
  '”': '"',
};

function paint(text: string, look: Look): string {
  const codes = codesOf(look);
  return codes.open === '' ? text : codes.open + text + codes.close;
}

interface Codes {
  readonly open: string;
  readonly close: string;
}

const known = new WeakMap<Look, Codes>();

function codesOf(look: Look): Codes {
  const codes = known.get(look) ?? buildCodes(look);
  known.set(look, codes);
  return codes;
}

// SGR: ECMA-48 8.3.117, with the bright colours of aixterm (90 and up).
function buildCodes(look: Look): Codes {
  const pairs: readonly (readonly [number, number])[] = [
    ...(look.bold ? [[1, 22] as const] : []),
    ...(look.underline ? [[4, 24] as const] : []),
    ...(look.inverse ? [[7, 27] as const] : []),
    ...(look.color ? [[COLOURS[look.color], 39] as const] : []),
    ...(look.background ? [[COLOURS[look.background] + 10, 49] as const] : []),
  ];
  return {
    open: pairs.map(([open]) => `\u001b[${open}m`).join(''),
    close: pairs
      .toReversed()
      .map(([, close]) => `\u001b[${close}m`)
      .join(''),
  };
}

/** The colours of the terminal's own palette. */
const COLOURS: Readonly<Record<Colour, number>> = { black: 30, red: 31, green: 32, yellow: 33, cyan: 36, gray: 90, white: 97 };
