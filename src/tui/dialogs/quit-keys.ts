import type { Key } from '../key.ts';
import { type Mode, popMode, QUIT_CHOICES, type QuitChoice, replaceMode } from '../store.ts';
import type { Tui } from '../tui.ts';

type QuitMode = Extract<Mode, { kind: 'quit' }>;

/** Keys of the question before quitting; `Stay` has the focus at first. */
export function pressQuit(tui: Tui, mode: QuitMode, key: Key): void {
  const by = STEPS[key.name];
  if (key.name === 'esc' || key.name === 'q') popMode(tui.ui);
  else if (key.name === 'enter') choose(tui, mode.focus);
  else if (by !== undefined) replaceMode(tui.ui, { ...mode, focus: neighbour(mode.focus, by) });
}

const STEPS: Readonly<Record<string, number>> = { tab: 1, right: 1, 'shift-tab': -1, left: -1 };

function neighbour(focus: QuitChoice, by: number): QuitChoice {
  return QUIT_CHOICES[(QUIT_CHOICES.indexOf(focus) + by + QUIT_CHOICES.length) % QUIT_CHOICES.length] ?? 'stay';
}

function choose(tui: Tui, choice: QuitChoice): void {
  popMode(tui.ui);
  if (choice === 'now') tui.control.quit(0);
  if (choice === 'wait') tui.changes.whenIdle(() => tui.control.quit(0));
}
