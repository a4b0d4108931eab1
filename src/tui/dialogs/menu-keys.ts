import type { Key } from '../key.ts';
import { popMode, replaceMode } from '../store.ts';
import type { Tui } from '../tui.ts';
import { type MenuMode, pressMenu } from './menu-state.ts';

/** Keys of a menu: the chosen entry runs once the menu is closed. */
export function pressMenuMode(tui: Tui, mode: MenuMode, key: Key): void {
  const step = pressMenu(mode, key, tui.measured.dialog.visible);
  if (step.kind === 'open') {
    replaceMode(tui.ui, step.mode);
    return;
  }
  popMode(tui.ui);
  if (step.kind === 'run') step.entry.command.run(tui);
}
