import type { Key } from '../key.ts';
import { type Mode, popMode, replaceMode } from '../store.ts';
import type { Tui } from '../tui.ts';
import { moveSelection } from '../widgets/list-state.ts';
import { MENU_MOVES } from './menu-state.ts';
import { switchProfile } from './open-profiles.ts';

type ProfilesMode = Extract<Mode, { kind: 'profiles' }>;

/** Keys of the profile picker. */
export function pressProfiles(tui: Tui, mode: ProfilesMode, key: Key): void {
  const move = MENU_MOVES[key.name];
  if (CLOSES.includes(key.name)) popMode(tui.ui);
  else if (key.name === 'enter') choose(tui, mode);
  else if (move) replaceMode(tui.ui, { ...mode, selected: moved(tui, mode, move) });
}

const CLOSES: readonly string[] = ['esc', 'q', 'p'];

function choose(tui: Tui, mode: ProfilesMode): void {
  popMode(tui.ui);
  const { profiles } = tui.ui.getState().stack.session.getState();
  const chosen = profiles.find((profile) => profile.name === mode.selected);
  if (chosen) switchProfile(tui, chosen);
}

function moved(tui: Tui, mode: ProfilesMode, move: (typeof MENU_MOVES)[string]): string {
  const names = tui.ui
    .getState()
    .stack.session.getState()
    .profiles.map((profile) => profile.name);
  return moveSelection(names, mode.selected, { move, page: tui.measured.dialog.visible }) ?? mode.selected;
}
