import type { Theme } from '../theme.ts';
import { cutText, type Line, span } from './line.ts';
import { fieldText, fieldWindow, type TextField } from './text-field-state.ts';

/** A text field as part of a line, with its cursor when it has the focus. */
export function formatField(field: TextField, theme: Theme, look: { readonly focused: boolean; readonly width: number }): Line {
  if (!look.focused) return [span(cutText(fieldText(field), look.width, theme.signs.ellipsis))];
  const { before, after } = fieldWindow(field, look.width);
  return [
    span(before, 'strong'),
    span(theme.signs.cursor, 'accent'),
    span(cutText(after, Math.max(0, look.width - before.length - 1)), 'strong'),
  ];
}
