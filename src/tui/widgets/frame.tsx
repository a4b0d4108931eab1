import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { Border, Role } from '../theme.ts';
import { fitLine, type Line, lineColumns, span } from './line.ts';
import { paintLine } from './paint.ts';
import { useTheme } from './use-theme.ts';

export interface FrameProps {
  /** Whole size in columns and rows, border included. */
  readonly width: number;
  readonly height: number;
  readonly focused: boolean;
  readonly title: Line;
  /** At the right end of the top border. */
  readonly note?: Line | undefined;
  /** In the bottom border. */
  readonly bottom?: Line | undefined;
  readonly bottomNote?: Line | undefined;
  /** Rows inside; cut to what fits, the rest stays blank. */
  readonly lines: readonly Line[];
  /** Border role when it is not the ordinary one (dialogs). */
  readonly frame?: Role;
}

/** A bordered pane with text in its border. Draws exactly `height` rows of exactly `width` columns. */
export function Frame(props: FrameProps): ReactElement {
  const theme = useTheme();
  const border = props.focused ? theme.borderFocused : theme.border;
  const role = props.frame ?? (props.focused ? 'frame-focused' : 'frame');
  const inner = Math.max(0, props.height - 2);
  const rows = [
    edge(topOf(border), role, props.width, props.title, props.note),
    ...Array.from({ length: inner }, (_, row) => side(border, role, props.width, props.lines[row] ?? [])),
    edge(bottomOf(border), role, props.width, props.bottom, props.bottomNote),
  ];
  return (
    <Box width={props.width} height={props.height} flexShrink={0}>
      <Text wrap="truncate">{rows.map((row) => paintLine(row, theme, props.width)).join('\n')}</Text>
    </Box>
  );
}

/** Columns for text inside a frame of this width: the border and one blank on each side go. */
export function innerWidth(width: number): number {
  return Math.max(0, width - 4);
}

interface Edge {
  readonly left: string;
  readonly fill: string;
  readonly right: string;
}

function topOf(border: Border): Edge {
  return { left: border.topLeft, fill: border.horizontal, right: border.topRight };
}

function bottomOf(border: Border): Edge {
  return { left: border.bottomLeft, fill: border.horizontal, right: border.bottomRight };
}

function edge(parts: Edge, role: Role, width: number, title: Line = [], note: Line = []): Line {
  const inner = width - 2;
  const shownTitle = lineColumns(title) > 0 ? fitTo(title, inner - 3) : [];
  const left: Line = shownTitle.length > 0 ? [span(' ', role), ...shownTitle, span(' ', role)] : [];
  const roomForNote = inner - lineColumns(left) - 4;
  const right: Line =
    lineColumns(note) > 0 && lineColumns(note) <= roomForNote ? [span(' ', role), ...note, span(` ${parts.fill}`, role)] : [];
  const gap = Math.max(0, inner - lineColumns(left) - lineColumns(right));
  return [span(parts.left, role), ...left, span(parts.fill.repeat(gap), role), ...right, span(parts.right, role)];
}

function fitTo(content: Line, width: number): Line {
  return lineColumns(content) <= width ? content : fitLine(content, Math.max(0, width));
}

function side(border: Border, role: Role, width: number, content: Line): Line {
  return [span(`${border.vertical} `, role), ...fitLine(content, innerWidth(width)), span(` ${border.vertical}`, role)];
}
