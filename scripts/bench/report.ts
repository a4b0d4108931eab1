import { readFileSync, writeFileSync } from 'node:fs';
import type { Row } from './bench.ts';

/** A row with the circumstances it was measured in. */
export interface MeasuredRow extends Row {
  /** Load average of the minute before. */
  readonly load: number;
}

/** The rows as lines of a table for the terminal. */
export function formatRows(rows: readonly MeasuredRow[]): readonly string[] {
  const cells = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}

const HEAD = ['what', 'value', 'reference', 'ratio', 'budget', 'met', 'load'];
const BEGIN = '<!-- bench: begin -->';
const END = '<!-- bench: end -->';

/** Writes the rows between the markers of a Markdown file; rows of other benches keep their last result. */
export function writeReport(file: string, rows: readonly MeasuredRow[], circumstances: string): void {
  const text = readFileSync(file, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const [old, after] = (rest ?? '').split(END);
  if (before === undefined || old === undefined || after === undefined) throw new Error(`${file} has lost its markers`);
  const measured = new Map([...parseRows(old), ...rows.map((row) => [row.what, cellsOf(row)] as const)]);
  const table = [HEAD, HEAD.map(() => '---'), ...measured.values()].map((cells) => `| ${cells.join(' | ')} |`);
  writeFileSync(file, [before, BEGIN, '\n', circumstances, '\n\n', table.join('\n'), '\n', END, after].join(''));
}

function cellsOf(row: MeasuredRow): readonly string[] {
  const met = row.met === undefined ? '' : row.met ? 'yes' : '**no**';
  return [row.what, row.value, row.reference, row.ratio, row.budget, met, row.load.toFixed(1)];
}

function parseRows(table: string): readonly (readonly [string, readonly string[]])[] {
  const lines = table.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) => {
    const cells = line.slice(2, -2).split(' | ');
    return [cells[0]!, cells] as const;
  });
}
