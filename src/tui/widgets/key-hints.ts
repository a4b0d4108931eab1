import type { Theme } from '../theme.ts';
import { type Line, lineColumns, span } from './line.ts';

/** A key and what it does, as the footer and dialogs name it. */
export interface KeyHint {
  readonly key: string;
  readonly label: string;
}

/** As many hints as fit into `width` columns, in order; the last one always stays. */
export function formatHints(hints: readonly KeyHint[], theme: Theme, width: number): Line {
  const last = hints.at(-1);
  if (!last) return [];
  const kept: KeyHint[] = [];
  for (const hint of hints.slice(0, -1)) {
    if (lineColumns(hintLine([...kept, hint, last], theme)) > width) break;
    kept.push(hint);
  }
  return hintLine([...kept, last], theme);
}

/** A key as people read it: `⏎`, `Esc`, `Ctrl-L`. */
export function formatKey(key: string, theme: Theme): string {
  if (key === 'enter') return theme.signs.enter;
  return KEY_NAMES[key] ?? key.replace(/^ctrl-(.)/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}

function hintLine(hints: readonly KeyHint[], theme: Theme): Line {
  return hints.flatMap((hint, index) => [
    span(index === 0 ? '' : '  '),
    span(formatKey(hint.key, theme), 'key'),
    span(` ${hint.label}`, 'dim'),
  ]);
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  esc: 'Esc',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  space: 'Space',
};
