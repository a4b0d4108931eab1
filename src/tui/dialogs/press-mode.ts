import { INTERRUPTED, quit } from '../commands/program.ts';
import type { Key } from '../key.ts';
import { type Mode, replaceMode } from '../store.ts';
import type { Tui } from '../tui.ts';
import { pasteIntoField } from '../widgets/text-field-state.ts';
import { endFilter, pressFilter } from './filter-keys.ts';
import { pressGateMode } from './gate-keys.ts';
import { pasteIntoGate } from './gate-state.ts';
import { pressMenuMode } from './menu-keys.ts';
import { pressProfiles } from './profiles-keys.ts';
import { pressQuit } from './quit-keys.ts';
import { pressText } from './text-keys.ts';

/** What a key does while a dialog, a picker, a menu or the filter has the keys. */
export function pressMode(tui: Tui, mode: Mode, key: Key): void {
  if (mode.kind === 'gate') pressGateMode(tui, mode, key);
  else if (key.name === 'ctrl-c') interrupt(tui, mode);
  else pressOther(tui, mode, key);
}

/** A paste goes into text fields only, and never into a dialog of the gate as an answer. */
export function pasteIntoMode(tui: Tui, mode: Mode, text: string): void {
  if (mode.kind === 'gate') replaceMode(tui.ui, { ...mode, state: pasteIntoGate(mode.state, text, tui.clock.monotonic()) });
  if (mode.kind === 'filter') tui.ui.setState((state) => ({ filter: pasteIntoField(state.filter, text) }));
}

/** Ctrl-C leaves the filter, else the program; a second one does not ask again. */
function interrupt(tui: Tui, mode: Mode): void {
  if (mode.kind === 'filter') endFilter(tui, false);
  else if (mode.kind === 'quit') tui.control.quit(INTERRUPTED);
  else quit(tui, INTERRUPTED);
}

function pressOther(tui: Tui, mode: Exclude<Mode, { kind: 'gate' }>, key: Key): void {
  switch (mode.kind) {
    case 'filter':
      pressFilter(tui, key);
      break;
    case 'menu':
      pressMenuMode(tui, mode, key);
      break;
    case 'profiles':
      pressProfiles(tui, mode, key);
      break;
    case 'quit':
      pressQuit(tui, mode, key);
      break;
    default:
      pressText(tui, mode, key);
  }
}
