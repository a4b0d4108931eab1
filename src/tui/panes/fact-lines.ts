import type { Role } from '../theme.ts';
import { type Line, line, padEnd, span, wrapText } from '../widgets/line.ts';

const LABEL_COLUMNS = 13;

/** A label and a value that wraps under itself. */
export function formatFact(label: string, value: string, shape: { readonly width: number; readonly role?: Role }): readonly Line[] {
  const rows = value.split('\n').flatMap((part) => wrapText(part, Math.max(10, shape.width - LABEL_COLUMNS - 1)));
  const head = label.length > LABEL_COLUMNS ? [line(span(label, 'dim'))] : [];
  return [
    ...head,
    ...rows.map((row, index) =>
      line(span(padEnd(index === 0 && head.length === 0 ? label : '', LABEL_COLUMNS + 1), 'dim'), span(row, shape.role ?? 'plain')),
    ),
  ];
}

/** A heading above indented lines. */
export function formatHeading(text: string): Line {
  return line(span(text, 'strong'));
}

/** Text indented by two, wrapped. */
export function formatIndented(text: string, width: number, role: Role = 'plain'): readonly Line[] {
  return wrapText(text, Math.max(10, width - 2)).map((row) => line('  ', span(row, role)));
}
