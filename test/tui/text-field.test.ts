import { expect, test } from 'vitest';
import type { Key } from '#tui/key.ts';
import { readKeys } from '#tui/key.ts';
import { EMPTY_FIELD, fieldText, fieldWindow, pasteIntoField, pressField, type TextField } from '#tui/widgets/text-field-state.ts';

const NO_FLAGS = { upArrow: false, return: false } as unknown as Parameters<typeof readKeys>[1];

function press(field: TextField, ...names: readonly string[]): TextField {
  return names.reduce(
    (state, name) => pressField(state, { name, text: name.length === 1 ? name : '', chunk: 1, left: 1 } satisfies Key),
    field,
  );
}

test('types, moves and deletes whole characters', () => {
  const typed = press(EMPTY_FIELD, 'a', 'b', 'left', 'X', 'home', 'delete', 'end', 'c');
  expect(fieldText(typed)).toBe('Xbc');
  expect(fieldText(press(pasteIntoField(EMPTY_FIELD, 'e\u0301日'), 'backspace', 'backspace'))).toBe('');
  expect(fieldText(press(typed, 'ctrl-u'))).toBe('');
});

test('a paste is one line', () => {
  expect(fieldText(pasteIntoField(EMPTY_FIELD, 'a\nb\tc\u001b[31m'))).toBe('a b c[31m');
});

test('shows the part around the cursor', () => {
  const field = pasteIntoField(EMPTY_FIELD, 'abcdefghij');
  expect(fieldWindow(field, 5).before).toBe('ghij');
  expect(fieldWindow(press(field, 'home'), 5)).toEqual({ before: '', after: 'abcdefghij' });
});

test('a chunk of several characters becomes several keys that know of each other', () => {
  expect(readKeys('ab\r', NO_FLAGS)).toEqual([
    { name: 'a', text: 'a', chunk: 3, left: 3 },
    { name: 'b', text: 'b', chunk: 3, left: 2 },
    { name: 'enter', text: '', chunk: 3, left: 1 },
  ]);
});
