import { asDevctlError } from '#domain/error.ts';
import type { Role } from './theme.ts';
import { after, type Tui } from './tui.ts';

const SHOWN_MS = 5000;
let lastToast = 0;

/** Shows one line in the footer for five seconds. */
export function toast(tui: Tui, text: string, role: Role = 'plain'): void {
  lastToast += 1;
  const id = lastToast;
  tui.ui.setState({ toast: { id, text, role } });
  after(tui.clock, SHOWN_MS, () => {
    if (tui.ui.getState().toast?.id === id) tui.ui.setState({ toast: undefined });
  });
}

/** Shows what failed and what to do about it. */
export function toastError(tui: Tui, thrown: unknown): void {
  const error = asDevctlError(thrown);
  toast(tui, [error.message, error.hint].filter(Boolean).join(` ${tui.theme.signs.dot} `), 'bad');
}
