/** Cells of one row; a cell that is painted says how wide it is without its colour. */
export type Row = readonly (string | { readonly text: string; readonly painted: string })[];

/** Columns side by side, each as wide as its widest cell; the last one is not padded. */
export function formatTable(rows: readonly Row[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, textOf(cell).length);
  return rows.map((row) =>
    row
      .map((cell, index) => pad(cell, index === row.length - 1 ? 0 : (widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** A cell in a colour. */
export function painted(text: string, paint: (text: string) => string): Row[number] {
  return { text, painted: paint(text) };
}

function pad(cell: Row[number], width: number): string {
  const shown = typeof cell === 'string' ? cell : cell.painted;
  return shown + ' '.repeat(Math.max(0, width - textOf(cell).length));
}

function textOf(cell: Row[number]): string {
  return typeof cell === 'string' ? cell : cell.text;
}
