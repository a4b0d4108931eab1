import { Text } from 'ink';
import { memo, type ReactElement } from 'react';
import type { Line } from './line.ts';
import { paintLine } from './paint.ts';
import { useTheme } from './use-theme.ts';

/** Draws one line in exactly `width` columns. */
export const LineText = memo(function LineText(props: { readonly line: Line; readonly width: number }): ReactElement {
  return <Text wrap="truncate">{paintLine(props.line, useTheme(), props.width)}</Text>;
});
