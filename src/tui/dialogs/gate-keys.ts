import type { Key } from '../key.ts';
import { replaceMode } from '../store.ts';
import type { Tui } from '../tui.ts';
import type { Move } from '../widgets/list-state.ts';
import { moveScroll } from '../widgets/scroll-state.ts';
import { type GateMode, pressGate } from './gate-state.ts';

/** Keys of the gate dialog. */
export function pressGateMode(tui: Tui, mode: GateMode, key: Key): void {
  const move = SCROLL[key.name];
  if (move) scrollLosses(tui, mode, move);
  else answerOrGoOn(tui, mode, key);
}

/** Letters are typing here, so only keys that type nothing scroll. */
const SCROLL: Readonly<Record<string, Move>> = { up: 'up', down: 'down', pageup: 'pageup', pagedown: 'pagedown' };

function scrollLosses(tui: Tui, mode: GateMode, move: Move): void {
  const scroll = moveScroll(mode.state.scroll, move, tui.measured.dialog);
  replaceMode(tui.ui, { ...mode, state: { ...mode.state, scroll, lastKeyAt: tui.clock.monotonic() } });
}

function answerOrGoOn(tui: Tui, mode: GateMode, key: Key): void {
  const step = pressGate(mode.question, mode.state, { ...key, at: tui.clock.monotonic() });
  if (step.kind === 'answered') mode.answer(step.answer);
  else replaceMode(tui.ui, { ...mode, state: step.state });
}
