export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Where the parts of the screen are, in columns and rows. */
export interface Layout {
  /** `single`: one pane with tabs; `double`: list and details side by side. */
  readonly kind: 'too-small' | 'single' | 'double';
  /** Rows of the body, between header, banner and footer. */
  readonly bodyRows: number;
  readonly listColumns: number;
  readonly detailColumns: number;
}

export const SMALLEST: Size = { columns: 40, rows: 10 };
const TWO_PANES_FROM: Size = { columns: 100, rows: 16 };

/** Pane sizes by arithmetic, so that the first frame is right without measuring. */
export function layoutFor(size: Size, bannerRows: number): Layout {
  const bodyRows = Math.max(0, size.rows - 2 - bannerRows);
  if (size.columns < SMALLEST.columns || size.rows < SMALLEST.rows) {
    return { kind: 'too-small', bodyRows, listColumns: size.columns, detailColumns: size.columns };
  }
  if (size.columns < TWO_PANES_FROM.columns || size.rows < TWO_PANES_FROM.rows) {
    return { kind: 'single', bodyRows, listColumns: size.columns, detailColumns: size.columns };
  }
  const listColumns = Math.min(72, Math.max(44, Math.round(size.columns * 0.38)));
  return { kind: 'double', bodyRows, listColumns, detailColumns: size.columns - listColumns };
}

/** Size of a dialog: the whole screen when it is small, else centred with room around it. */
export function dialogSize(size: Size, wanted: Size): Size {
  if (size.columns < TWO_PANES_FROM.columns) return size;
  return { columns: Math.min(wanted.columns, size.columns - 8), rows: Math.min(wanted.rows, size.rows - 4) };
}
