import { pressMode } from './dialogs/press-mode.ts';
import type { Key } from './key.ts';
import { commandFor } from './keymap.ts';
import { topMode } from './store.ts';
import { toast } from './toasts.ts';
import type { Tui } from './tui.ts';

/** How long a key waits for its second press. */
const AGAIN_MS = 3000;

/**
 * What a key does. Reads the store synchronously: several keys can come before React renders once, and a mode that the
 * first one opened must already hold for the second (reference: ink §0.3).
 */
export function dispatchKey(tui: Tui, key: Key): void {
  const mode = topMode(tui.ui.getState());
  if (key.name === 'ctrl-l') tui.control.redraw();
  else if (key.name === 'ctrl-z') tui.control.suspend();
  else if (mode) pressMode(tui, mode, key);
  else pressNormal(tui, key);
  tui.ui.getState().stack.session.flush();
}

function pressNormal(tui: Tui, key: Key): void {
  const state = tui.ui.getState();
  const command = commandFor(state, key.name);
  const isSecond = state.pressAgain?.key === key.name && tui.clock.monotonic() < state.pressAgain.until;
  if (state.pressAgain) tui.ui.setState({ pressAgain: undefined });
  if (!command) return;
  const reason = command.unavailable(tui);
  if (reason !== undefined) toast(tui, `${command.title}: not now, ${reason}`, 'attention');
  else if (command.twice && !isSecond) wantSecondPress(tui, key, command.twice(tui));
  // Two in one chunk are one press that was held or pasted.
  else if (!command.twice || key.chunk === 1) command.run(tui);
}

function wantSecondPress(tui: Tui, key: Key, what: string): void {
  tui.ui.setState({ pressAgain: { key: key.name, until: tui.clock.monotonic() + AGAIN_MS } });
  toast(tui, what, 'attention');
}
