import type { ReactElement } from 'react';
import type { Risk } from '#domain/risk.ts';
import { neutralise } from '#domain/text.ts';
import type { Size } from '../layout.ts';
import type { Role, Theme } from '../theme.ts';
import { useTui } from '../use-tui.ts';
import { formatKey } from '../widgets/key-hints.ts';
import { cutText, type Line, line, padEnd, padStart, span } from '../widgets/line.ts';
import type { MenuEntry, MenuMode } from './menu-state.ts';
import { TextDialog } from './text-dialog.tsx';

/** A menu: each entry with its key, its risk as a word, and the reason when it cannot run. */
export function MenuDialog(props: { readonly mode: MenuMode; readonly size: Size }): ReactElement {
  const { theme } = useTui();
  const { mode } = props;
  const index = mode.entries.findIndex((entry) => entry.command.id === mode.selected);
  return (
    <TextDialog
      size={props.size}
      columns={76}
      title={line(span(neutralise(mode.title), 'strong'))}
      hints={MENU_HINTS}
      content={(width) => mode.entries.map((entry, row) => formatEntry(entry, row === index, { theme, width }))}
      scroll={0}
      keepInView={index}
    />
  );
}

function formatEntry(entry: MenuEntry, isSelected: boolean, shape: { readonly theme: Theme; readonly width: number }): Line {
  const { theme, width } = shape;
  const key = entry.command.keys[0];
  const note = entry.disabled ?? (entry.risk ? RISK_WORDS[entry.risk] : '');
  const title = padEnd(cutText(entry.command.title, TITLE_COLUMNS, theme.signs.ellipsis), TITLE_COLUMNS);
  const room = Math.max(0, width - TITLE_COLUMNS - 8);
  return line(
    span(isSelected ? `${theme.signs.pointer} ` : '  ', 'accent'),
    span(padEnd(key ? formatKey(key, theme) : '', 4), entry.disabled === undefined ? 'key' : 'dim'),
    span(title, entry.disabled !== undefined ? 'dim' : isSelected ? 'strong' : 'plain'),
    '  ',
    span(padStart(cutText(neutralise(note), room, theme.signs.ellipsis), room), entry.risk ? RISK_ROLES[entry.risk] : 'dim'),
  );
}

const TITLE_COLUMNS = 36;

/** The risk in a word that says what it means. */
export const RISK_WORDS: Readonly<Record<Risk, string>> = {
  none: 'adds only',
  interrupts: 'interrupts',
  recreates: 'recreates',
  destroys: 'destroys data',
  irrecoverable: 'destroys data for good',
};

const RISK_ROLES: Readonly<Record<Risk, Role>> = {
  none: 'dim',
  interrupts: 'attention',
  recreates: 'attention',
  destroys: 'bad',
  irrecoverable: 'bad',
};

const MENU_HINTS = [
  { key: 'enter', label: 'run' },
  { key: 'esc', label: 'close' },
];
