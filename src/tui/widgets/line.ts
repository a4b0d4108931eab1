import stringWidth from 'string-width';
import type { Role } from '../theme.ts';

/** A piece of text with one look. */
export interface Span {
  readonly text: string;
  readonly role: Role;
}

/** One row of the screen. Everything that is drawn is lines, so that no text can break a border. */
export type Line = readonly Span[];

/** A line from texts (plain) and spans. */
export function line(...parts: readonly (string | Span)[]): Line {
  return parts.map((part) => (typeof part === 'string' ? span(part) : part)).filter((part) => part.text !== '');
}

/** Text that takes the same columns in every terminal; the only way into a line. */
export function span(text: string, role: Role = 'plain'): Span {
  return { text: PRINTABLE_ASCII.test(text) ? text : text.replace(UNSURE, ''), role };
}

/** Columns that a text takes in a terminal; wide characters count two. */
export function columnsOf(text: string): number {
  return PRINTABLE_ASCII.test(text) ? text.length : stringWidth(text);
}

export function lineColumns(content: Line): number {
  return content.reduce((sum, part) => sum + columnsOf(part.text), 0);
}

/** The text of a line without its looks. */
export function lineText(content: Line): string {
  return content.map((part) => part.text).join('');
}

/** The line in exactly `width` columns: padded with blanks, or cut with an ellipsis. */
export function fitLine(content: Line, width: number, ellipsis = '…'): Line {
  const columns = lineColumns(content);
  if (columns === width) return content;
  if (columns < width) return [...content, span(' '.repeat(width - columns))];
  return fitLine(cutLine(content, width, ellipsis), width, ellipsis);
}

/** The text in at most `width` columns. */
export function cutText(text: string, width: number, ellipsis = '…'): string {
  if (columnsOf(text) <= width) return text;
  if (width <= 0) return '';
  const room = width - columnsOf(ellipsis);
  if (room < 0) return '';
  if (PRINTABLE_ASCII.test(text)) return text.slice(0, room) + ellipsis;
  return takeColumns(text, room) + ellipsis;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - columnsOf(text))) + text;
}

/** Left and right parts with blanks between, in exactly `width` columns; the right one stays whole as long as it fits. */
export function justify(left: Line, right: Line, width: number): Line {
  const rightColumns = lineColumns(right);
  if (rightColumns >= width) return fitLine(right, width);
  return [...fitLine(left, width - rightColumns), ...right];
}

/** Breaks a text at blanks (or anywhere, when a word is too long) into rows of at most `width` columns. */
export function wrapText(text: string, width: number): readonly string[] {
  if (width <= 0) return [];
  if (columnsOf(text) <= width) return [text];
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(/(?<= )/)) {
    if (columnsOf(row + word.trimEnd()) > width && row !== '') {
      rows.push(row.trimEnd());
      row = '';
    }
    const pieces = hardBreak(word, width);
    rows.push(...pieces.slice(0, -1));
    row += pieces.at(-1) ?? '';
  }
  return row.trimEnd() === '' ? rows : [...rows, row.trimEnd()];
}

function hardBreak(word: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let rest = word;
  while (columnsOf(rest.trimEnd()) > width) {
    const piece = takeColumns(rest, width);
    if (piece === '') break;
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...pieces, rest];
}

function cutLine(content: Line, width: number, ellipsis: string): Line {
  const kept: Span[] = [];
  let room = width;
  for (const part of content) {
    const columns = columnsOf(part.text);
    const isLast = part === content.at(-1);
    if (columns > room || (columns === room && !isLast)) {
      kept.push({ ...part, text: cutText(`${part.text}  `, room, ellipsis) });
      break;
    }
    kept.push(part);
    room -= columns;
  }
  return kept;
}

/** The longest beginning of whole characters (graphemes) that fits. */
function takeColumns(text: string, width: number): string {
  let taken = '';
  let room = width;
  for (const { segment } of SEGMENTER.segment(text)) {
    room -= columnsOf(segment);
    if (room < 0) break;
    taken += segment;
  }
  return taken;
}

// Terminals do not agree on the width of joined and modified emoji, so these come apart; control and direction characters never belong in a row.
const UNSURE = /[\u0000-\u001f\u007f-\u009f]|[\u202a-\u202e\u2066-\u2069]|\u200d|\ufe0e|\ufe0f|[\u{1f3fb}-\u{1f3ff}]/gu;
const PRINTABLE_ASCII = /^[ -~]*$/;
const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
