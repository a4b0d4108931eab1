import type { Clock } from '#system/clock.ts';
import type { ChangeRunner } from './changes.ts';
import type { TuiOptions } from './host.ts';
import type { UiStore } from './store.ts';
import type { Theme } from './theme.ts';
import type { ScrollSize } from './widgets/scroll-state.ts';

/** What every key, pane and dialog works with; one per run of the UI. */
export interface Tui {
  readonly options: TuiOptions;
  readonly ui: UiStore;
  readonly theme: Theme;
  readonly clock: Clock;
  readonly changes: ChangeRunner;
  readonly control: Control;
  /** How long the scrolled texts are; noted when they are drawn, read when a key moves them. */
  readonly measured: Measured;
  /** No timeouts then. */
  readonly screenReader: boolean;
}

/** What only the runtime can do. */
export interface Control {
  redraw(): void;
  suspend(): void;
  /** Ends the UI with this exit code. */
  quit(exitCode: number): void;
  /** Puts a text on the terminal's clipboard. */
  copy(text: string): void;
  /** Runs something with the terminal handed over. */
  lend(run: () => Promise<void>): Promise<void>;
}

export interface Measured {
  details: ScrollSize;
  dialog: ScrollSize;
  listRows: number;
  /** The detail pane as text, for copying. */
  detailText: readonly string[];
  /** The topmost text dialog as text. */
  dialogText: readonly string[];
}

/** Runs something later; returns how to call it off. */
export function after(clock: Clock, ms: number, run: () => void): () => void {
  const abort = new AbortController();
  void clock.sleep(ms, abort.signal).then(() => {
    if (!abort.signal.aborted) run();
  });
  return () => abort.abort();
}
