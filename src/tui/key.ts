import type { Key as InkKey } from 'ink';

/** One key, as its name in the keymap: `j`, `G`, `enter`, `shift-tab`, `ctrl-l`, `pageup`, `space`. */
export interface Key {
  readonly name: string;
  /** What it types into a text field; empty for keys that type nothing. */
  readonly text: string;
  /** Characters that came in the same chunk, this one counted. */
  readonly chunk: number;
  /** Of these, how many are left, this one counted. */
  readonly left: number;
}

/** The keys in one input event of Ink; several characters of one chunk become several keys. */
export function readKeys(input: string, key: InkKey): readonly Key[] {
  const named = nameOf(key);
  if (named !== undefined) return [{ name: named, text: '', ...ALONE }];
  if (key.ctrl) return input === '' ? [] : [{ name: `ctrl-${input.toLowerCase()}`, text: '', ...ALONE }];
  if (key.meta) return [];
  const characters = [...SEGMENTER.segment(input)].map(({ segment }) => segment);
  const chunk = characters.length;
  return characters.map((character, index) => ({ ...characterKey(character), chunk, left: chunk - index }));
}

const ALONE = { chunk: 1, left: 1 };

function nameOf(key: InkKey): string | undefined {
  if (key.tab) return key.shift ? 'shift-tab' : 'tab';
  return NAMED.find(([flag]) => key[flag])?.[1];
}

function characterKey(character: string): { readonly name: string; readonly text: string } {
  const control = CONTROL[character];
  if (control !== undefined) return { name: control, text: '' };
  if (character === ' ') return { name: 'space', text: ' ' };
  return isPrintable(character) ? { name: character, text: character } : { name: 'unknown', text: '' };
}

function isPrintable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x20 && code !== 0x7f && !(code >= 0x80 && code < 0xa0);
}

const NAMED: readonly (readonly [keyof InkKey, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

const CONTROL: Readonly<Record<string, string>> = { '\r': 'enter', '\n': 'enter', '\t': 'tab', '\u007f': 'backspace', '\b': 'backspace' };
const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
