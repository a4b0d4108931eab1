import type { IBufferCell, Terminal } from '@xterm/headless';
import { formatBox, isBox } from './box.ts';

const CELL = { width: 8.4, height: 18 };
const FONT_SIZE = 14;
const PADDING = 14;
const FOREGROUND = '#d6dbe4';
const BACKGROUND = '#12161d';
const FONTS = "ui-monospace, 'SF Mono', 'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

// The sixteen colours of a terminal, black to white and their bright forms.
const PALETTE = [
  ...['#12161d', '#f0636f', '#7ec889', '#e2b75f', '#6aa9f0', '#c48ee0', '#4fc3d0', '#d6dbe4'],
  ...['#6b7585', '#ff8791', '#9fdda9', '#f3cf84', '#8fc1ff', '#d9aef0', '#7adbe6', '#ffffff'],
];

/** How cells next to each other look alike. */
interface Style {
  readonly colour: string;
  readonly background: string | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly underline: boolean;
}

/** Cells of one row from `column` on, each one column wide or a wide one with nothing after it. */
interface Run {
  readonly column: number;
  readonly columns: number;
  readonly text: string;
  readonly style: Style;
}

/** What an emulator shows, as an SVG that keeps to the grid of cells in any font. */
export function formatSvg(emulator: Terminal, title: string): string {
  const width = emulator.cols * CELL.width + 2 * PADDING;
  const height = emulator.rows * CELL.height + 2 * PADDING;
  const rows = Array.from({ length: emulator.rows }, (_, row) => formatRow(runsOf(emulator, row), row)).flat();
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeText(title)}</title>`,
    `<rect width="100%" height="100%" rx="10" fill="${BACKGROUND}"/>`,
    `<g transform="translate(${PADDING} ${PADDING})" font-family="${FONTS}" font-size="${FONT_SIZE}" fill="${FOREGROUND}" xml:space="preserve">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** The row as runs of one style; box drawings are runs of their own, blanks without a background are left out. */
function runsOf(emulator: Terminal, row: number): readonly Run[] {
  const line = emulator.buffer.active.getLine(emulator.buffer.active.viewportY + row);
  const runs: Run[] = [];
  for (let column = 0; column < emulator.cols; column += 1) {
    const cell = line?.getCell(column);
    if (!cell || cell.getWidth() === 0) continue;
    const one: Run = { column, columns: cell.getWidth(), text: cell.getChars() || ' ', style: styleOf(cell) };
    const last = runs.at(-1);
    if (last && canJoin(last, one)) runs[runs.length - 1] = { ...last, columns: last.columns + one.columns, text: last.text + one.text };
    else runs.push(one);
  }
  return runs.filter((run) => run.text.trim() !== '' || run.style.background !== undefined);
}

function canJoin(left: Run, right: Run): boolean {
  const end = left.text.at(-1) ?? '';
  return isBox(end) === isBox(right.text) && !left.text.endsWith('  ') && JSON.stringify(left.style) === JSON.stringify(right.style);
}

function styleOf(cell: IBufferCell): Style {
  const own = cell.isFgDefault() ? FOREGROUND : colourOf(cell.getFgColor(), cell.isFgRGB());
  const behind = cell.isBgDefault() ? undefined : colourOf(cell.getBgColor(), cell.isBgRGB());
  const [colour, background] = cell.isInverse() ? [behind ?? BACKGROUND, own] : [own, behind];
  return { colour, background, bold: cell.isBold() !== 0, dim: cell.isDim() !== 0, underline: cell.isUnderline() !== 0 };
}

/** Of 256 colours or of 24 bits. */
function colourOf(value: number, isRgb: boolean): string {
  if (isRgb) return `#${value.toString(16).padStart(6, '0')}`;
  if (value < 16) return PALETTE[value] ?? FOREGROUND;
  const levels = value < 232 ? cubeLevels(value - 16) : Array<number>(3).fill(8 + 10 * (value - 232));
  return `#${levels.map((level) => level.toString(16).padStart(2, '0')).join('')}`;
}

function cubeLevels(index: number): readonly number[] {
  return [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map((step) => (step === 0 ? 0 : 55 + 40 * step));
}

function formatRow(runs: readonly Run[], row: number): readonly string[] {
  return runs.flatMap((run) => [
    ...formatBackground(run, row),
    ...(isBox(run.text[0] ?? '') ? formatLines(run, row) : formatText(run, row)),
  ]);
}

function formatBackground({ column, columns, style }: Run, row: number): readonly string[] {
  if (style.background === undefined) return [];
  const place = `x="${at(column)}" y="${row * CELL.height}" width="${at(columns)}" height="${CELL.height}"`;
  return [`<rect ${place} fill="${style.background}"/>`];
}

/** Blanks at both ends are places, not text. */
function formatText({ column, text, columns, style }: Run, row: number): readonly string[] {
  const shown = text.trim();
  if (shown === '') return [];
  const start = column + text.length - text.trimStart().length;
  const length = columns - (text.length - shown.length);
  const place = `x="${at(start)}" y="${row * CELL.height + FONT_SIZE - 0.5}" textLength="${at(length)}" lengthAdjust="spacingAndGlyphs"`;
  return [`<text ${place}${attributesOf(style)}>${escapeText(shown)}</text>`];
}

function attributesOf({ colour, bold, dim, underline }: Style): string {
  return [
    colour === FOREGROUND ? '' : ` fill="${colour}"`,
    bold ? ' font-weight="bold"' : '',
    dim ? ' opacity="0.6"' : '',
    underline ? ' text-decoration="underline"' : '',
  ].join('');
}

function formatLines({ column, text, style }: Run, row: number): readonly string[] {
  return formatBox(text, { x: column * CELL.width, y: row * CELL.height, ...CELL }, style.colour);
}

function at(columns: number): string {
  return (columns * CELL.width).toFixed(1);
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
