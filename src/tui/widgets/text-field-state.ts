import type { Key } from '../key.ts';
import { columnsOf } from './line.ts';

/** What stands in a one-line text field, as whole characters, and before which of them the cursor is. */
export interface TextField {
  readonly characters: readonly string[];
  readonly cursor: number;
}

export const EMPTY_FIELD: TextField = { characters: [], cursor: 0 };

export function fieldText(field: TextField): string {
  return field.characters.join('');
}

/** The field after a key; the same field when the key means nothing to it. */
export function pressField(field: TextField, key: Key): TextField {
  if (key.text !== '') return insert(field, [key.text]);
  const edit = EDITS[key.name];
  return edit ? edit(field) : field;
}

/** The field after a paste; line breaks become blanks. */
export function pasteIntoField(field: TextField, text: string): TextField {
  const clean = text.replace(/[\r\n\t]+/g, ' ').replace(CONTROL, '');
  return insert(
    field,
    [...SEGMENTER.segment(clean)].map(({ segment }) => segment),
  );
}

/** The part of the text around the cursor that fits into `width` columns, and where the cursor is in it. */
export function fieldWindow(field: TextField, width: number): { readonly before: string; readonly after: string } {
  let start = 0;
  while (start < field.cursor && columnsOf(field.characters.slice(start, field.cursor).join('')) > width - 1) start += 1;
  return { before: field.characters.slice(start, field.cursor).join(''), after: field.characters.slice(field.cursor).join('') };
}

function insert(field: TextField, characters: readonly string[]): TextField {
  return {
    characters: field.characters.toSpliced(field.cursor, 0, ...characters),
    cursor: field.cursor + characters.length,
  };
}

function removeAt(field: TextField, index: number): TextField {
  if (index < 0 || index >= field.characters.length) return field;
  return { characters: field.characters.toSpliced(index, 1), cursor: index < field.cursor ? field.cursor - 1 : field.cursor };
}

function moveTo(field: TextField, cursor: number): TextField {
  return { ...field, cursor: Math.max(0, Math.min(cursor, field.characters.length)) };
}

const EDITS: Readonly<Record<string, (field: TextField) => TextField>> = {
  backspace: (field) => removeAt(field, field.cursor - 1),
  delete: (field) => removeAt(field, field.cursor),
  left: (field) => moveTo(field, field.cursor - 1),
  right: (field) => moveTo(field, field.cursor + 1),
  home: (field) => moveTo(field, 0),
  end: (field) => moveTo(field, field.characters.length),
  'ctrl-a': (field) => moveTo(field, 0),
  'ctrl-e': (field) => moveTo(field, field.characters.length),
  'ctrl-u': () => EMPTY_FIELD,
};

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;
const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
