import type { ReactElement } from 'react';
import { dialogSize, type Size } from '../layout.ts';
import type { Role } from '../theme.ts';
import { useTui } from '../use-tui.ts';
import { Frame, innerWidth } from '../widgets/frame.tsx';
import { formatHints, type KeyHint } from '../widgets/key-hints.ts';
import { type Line, line, lineText, span } from '../widgets/line.ts';
import { visibleRows } from '../widgets/scroll-state.ts';

interface Props {
  readonly size: Size;
  /** Columns it would like to have. */
  readonly columns: number;
  readonly title: Line;
  readonly note?: Line | undefined;
  readonly hints: readonly KeyHint[];
  /** Made for the columns inside the frame. */
  readonly content: (width: number) => readonly Line[];
  /** First row shown. */
  readonly scroll: number;
  /** Index of a row that must be in view (the cursor of a list). */
  readonly keepInView?: number;
  readonly frame?: Role;
}

/** A framed text or list over the screen, as high as its content; scrolls when that is too long. */
export function TextDialog(props: Props): ReactElement {
  const tui = useTui();
  const width = dialogSize(props.size, { columns: props.columns, rows: 0 }).columns;
  const inner = innerWidth(width);
  const content = props.content(inner);
  const { rows } = dialogSize(props.size, { columns: props.columns, rows: content.length + 2 });
  const visible = Math.max(1, rows - 2);
  // Noted for the keys, which scroll without waiting for a frame.
  tui.measured.dialog = { content: content.length, visible };
  tui.measured.dialogText = content.map(lineText);
  const offset = props.keepInView === undefined ? props.scroll : Math.max(0, props.keepInView - visible + 1);
  const shown = visibleRows(content, offset, visible);
  return (
    <Frame
      width={width}
      height={rows}
      focused
      title={props.title}
      note={props.note}
      bottom={formatHints(props.hints, tui.theme, inner)}
      bottomNote={moreNote(shown, tui.theme.signs)}
      lines={shown.rows}
      {...(props.frame ? { frame: props.frame } : {})}
    />
  );
}

function moreNote(
  shown: { readonly above: number; readonly below: number },
  signs: { readonly less: string; readonly more: string },
): Line | undefined {
  if (shown.above === 0 && shown.below === 0) return undefined;
  return line(
    span(`${shown.above > 0 ? `${signs.less} ${shown.above}` : ''}${shown.below > 0 ? ` ${signs.more} ${shown.below}` : ''}`.trim(), 'dim'),
  );
}
