import { type Move, moveIndex } from './list-state.ts';

/** How long a text is and how much of it is seen, in rows. */
export interface ScrollSize {
  readonly content: number;
  readonly visible: number;
}

/** The first row shown after a move; never beyond the end. */
export function moveScroll(offset: number, move: Move, size: ScrollSize): number {
  const furthest = Math.max(0, size.content - size.visible);
  const from = Math.min(offset, furthest);
  return moveIndex(from, move, { count: furthest + 1, page: Math.max(1, size.visible - 1) });
}

/** The rows of a text that are seen at this offset, and how many lie above and below. */
export function visibleRows<Row>(
  rows: readonly Row[],
  offset: number,
  visible: number,
): { readonly rows: readonly Row[]; readonly above: number; readonly below: number } {
  const above = Math.max(0, Math.min(offset, rows.length - visible));
  const shown = rows.slice(above, above + visible);
  return { rows: shown, above, below: rows.length - above - shown.length };
}
