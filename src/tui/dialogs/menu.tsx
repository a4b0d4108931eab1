import type { ReactElement } from 'react';
import type { Risk } from '#domain/risk.ts';
import { neutralise } from '#domain/text.ts';
import type { Size } from '../layout.ts';
import type { Role, Theme } from '../theme.ts';
import { useTui } from '../use-tui.ts';
import { formatKey } from '../widgets/key-hints.ts';
import { columnsOf, cutText, fitLine, type Line, line, lineColumns, padEnd, span } from '../widgets/line.ts';
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
      columns={96}
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
  const { command, disabled, risk } = entry;
  // What it does must be readable before how risky it is.
  const noteRoom = Math.max(10, Math.min(Math.floor(width / 2), width - columnsOf(command.title) - 8));
  const note = cutText(neutralise(disabled ?? (risk ? RISK_WORDS[risk] : '')), noteRoom, theme.signs.ellipsis);
  const right = line(span(note, risk ? RISK_ROLES[risk] : 'dim'));
  const left = line(
    span(isSelected ? `${theme.signs.pointer} ` : '  ', 'accent'),
    span(padEnd(command.keys[0] ? formatKey(command.keys[0], theme) : '', 3), disabled === undefined ? 'key' : 'dim'),
    span(command.title, disabled !== undefined ? 'dim' : isSelected ? 'strong' : 'plain'),
    span(command.detail ? `  ${command.detail}` : '', 'dim'),
  );
  return [...fitLine(left, width - lineColumns(right) - 2, theme.signs.ellipsis), span('  '), ...right];
}

/** The risk in a word that says what it means. */
const RISK_WORDS: Readonly<Record<Risk, string>> = {
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
