import type { GateAnswer, GateQuestion } from '#domain/gate.ts';
import { type Mode, pushMode, updateMode } from '../store.ts';
import { toast } from '../toasts.ts';
import { after, type Tui } from '../tui.ts';
import { armGate, type GateMode, IDLE_MS, openGate } from './gate-state.ts';

let lastId = 0;

/** Shows the gate dialog and waits for its answer: a button, the phrase, Escape, or a minute of silence, which is No. */
export function askGate(tui: Tui, question: GateQuestion): Promise<GateAnswer> {
  return new Promise((resolve) => {
    lastId += 1;
    const id = lastId;
    const state = openGate(question, tui.clock.monotonic());
    const stopTimers = startTimers(tui, id, question);
    const answer = (given: GateAnswer): void => {
      stopTimers();
      updateMode(tui.ui, (mode) => (isGate(mode, id) ? undefined : mode));
      resolve(given);
    };
    pushMode(tui.ui, { kind: 'gate', id, question, state, answer });
  });
}

function startTimers(tui: Tui, id: number, question: GateQuestion): () => void {
  const opened = openGate(question, tui.clock.monotonic());
  const stopArming = after(tui.clock, Math.max(0, opened.armedAt - tui.clock.monotonic()), () =>
    updateMode(tui.ui, (mode) => (isGate(mode, id) ? { ...mode, state: armGate(question, mode.state) } : mode)),
  );
  let stopIdle = (): void => undefined;
  const watchIdle = (ms: number): void => {
    stopIdle = after(tui.clock, ms, () => closeWhenIdle(tui, id, watchIdle));
  };
  if (!tui.screenReader) watchIdle(IDLE_MS);
  return () => {
    stopArming();
    stopIdle();
  };
}

function closeWhenIdle(tui: Tui, id: number, watchAgain: (ms: number) => void): void {
  const mode = tui.ui.getState().modes.find((candidate) => isGate(candidate, id));
  if (mode?.kind !== 'gate') return;
  const quiet = tui.clock.monotonic() - mode.state.lastKeyAt;
  if (quiet < IDLE_MS) {
    watchAgain(IDLE_MS - quiet);
    return;
  }
  toast(tui, 'No answer for a minute: nothing was changed', 'attention');
  mode.answer({ answer: 'no', because: 'timeout' });
}

function isGate(mode: Mode, id: number): mode is GateMode {
  return mode.kind === 'gate' && mode.id === id;
}
