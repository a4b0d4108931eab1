import type { Key } from '../key.ts';
import { popMode } from '../store.ts';
import type { Tui } from '../tui.ts';
import { EMPTY_FIELD, pressField } from '../widgets/text-field-state.ts';

/** Keys of the service filter: it filters as one types. */
export function pressFilter(tui: Tui, key: Key): void {
  if (LEAVES.includes(key.name)) endFilter(tui, true);
  else if (key.name === 'esc') endFilter(tui, false);
  else tui.ui.setState((state) => ({ filter: pressField(state.filter, key) }));
}

/** Ends typing; the filter stays or is cleared. */
export function endFilter(tui: Tui, keep: boolean): void {
  popMode(tui.ui);
  if (!keep) tui.ui.setState({ filter: EMPTY_FIELD });
}

const LEAVES: readonly string[] = ['enter', 'up', 'down'];
