import { copyText } from '../commands/looking.ts';
import type { Key } from '../key.ts';
import { type Mode, popMode, replaceMode } from '../store.ts';
import type { Tui } from '../tui.ts';
import { moveScroll } from '../widgets/scroll-state.ts';
import { MENU_MOVES } from './menu-state.ts';

/** Keys of what is only read: help, inspect, the task pane. */
export function pressText(tui: Tui, mode: Extract<Mode, { kind: 'help' | 'inspect' | 'task' }>, key: Key): void {
  const move = MENU_MOVES[key.name];
  if (CLOSES.includes(key.name)) popMode(tui.ui);
  else if (key.name === 'y') copyText(tui, tui.measured.dialogText);
  else if (move) replaceMode(tui.ui, { ...mode, scroll: moveScroll(mode.scroll, move, tui.measured.dialog) });
}

const CLOSES: readonly string[] = ['esc', 'q', 'enter', '?'];
