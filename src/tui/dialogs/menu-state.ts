import type { Risk } from '#domain/risk.ts';
import type { Command } from '../commands/command.ts';
import type { Key } from '../key.ts';
import { type Move, moveSelection } from '../widgets/list-state.ts';

/** A menu of commands, each with its key, its risk, and why it cannot run now. */
export interface MenuMode {
  readonly kind: 'menu';
  readonly id: number;
  readonly title: string;
  readonly entries: readonly MenuEntry[];
  /** Id of a command. */
  readonly selected: string;
}

export interface MenuEntry {
  readonly command: Command;
  readonly disabled: string | undefined;
  /** undefined: reads only, or its plan is still being made. */
  readonly risk: Risk | undefined;
}

/** What a key does to a menu: it moves, runs an entry, or closes. */
export type MenuStep =
  | { readonly kind: 'open'; readonly mode: MenuMode }
  | { readonly kind: 'run'; readonly entry: MenuEntry }
  | { readonly kind: 'closed' };

export function pressMenu(mode: MenuMode, key: Key, page: number): MenuStep {
  if (key.name === 'esc' || key.name === 'q' || key.name === 'x') return { kind: 'closed' };
  if (key.name === 'enter')
    return runEntry(
      mode,
      mode.entries.find((entry) => entry.command.id === mode.selected),
    );
  const move = MENU_MOVES[key.name];
  if (!move)
    return runEntry(
      mode,
      mode.entries.find((entry) => entry.command.keys.includes(key.name) && key.chunk === 1),
    );
  const ids = mode.entries.map((entry) => entry.command.id);
  return { kind: 'open', mode: { ...mode, selected: moveSelection(ids, mode.selected, { move, page }) ?? mode.selected } };
}

function runEntry(mode: MenuMode, entry: MenuEntry | undefined): MenuStep {
  return entry && entry.disabled === undefined ? { kind: 'run', entry } : { kind: 'open', mode };
}

/** Keys that move in every list, dialog and text. */
export const MENU_MOVES: Readonly<Record<string, Move>> = {
  j: 'down',
  down: 'down',
  k: 'up',
  up: 'up',
  g: 'first',
  home: 'first',
  G: 'last',
  end: 'last',
  pageup: 'pageup',
  pagedown: 'pagedown',
};
