/** A step in a list or a text, as the keymap names it. */
export type Move = 'up' | 'down' | 'pageup' | 'pagedown' | 'first' | 'last';

/** Where the cursor goes from `index` in a list of `count` rows of which `page` are seen. -1 for an empty list. */
export function moveIndex(index: number, move: Move, size: { readonly count: number; readonly page: number }): number {
  const target = {
    up: index - 1,
    down: index + 1,
    pageup: index - size.page,
    pagedown: index + size.page,
    first: 0,
    last: size.count - 1,
  }[move];
  return Math.max(Math.min(target, size.count - 1), Math.min(0, size.count - 1));
}

/** The id that the cursor stands on after a move; selection is by identity, so a re-sort never moves another thing under it. */
export function moveSelection(
  ids: readonly string[],
  selected: string | undefined,
  step: { readonly move: Move; readonly page: number },
): string | undefined {
  const index = selected === undefined ? -1 : ids.indexOf(selected);
  if (index === -1) return step.move === 'last' ? ids.at(-1) : ids[0];
  return ids[moveIndex(index, step.move, { count: ids.length, page: step.page })];
}

/** The first row to show so that `index` is seen, with the cursor near the middle of a list that is too long. */
export function windowStart(index: number, count: number, visible: number): number {
  if (count <= visible) return 0;
  return Math.max(0, Math.min(index - Math.floor(visible / 2), count - visible));
}
