import { Text } from 'ink';
import { memo, type ReactElement } from 'react';
import { fitLine, type Line } from './line.ts';
import { useTheme } from './use-theme.ts';

/** Draws one line in exactly `width` columns. */
export const LineText = memo(function LineText(props: { readonly line: Line; readonly width: number }): ReactElement {
  const theme = useTheme();
  const spans = fitLine(props.line, props.width, theme.signs.ellipsis);
  return (
    <Text wrap="truncate">
      {spans.map((part, index) => (
        <Text key={index} {...theme.looks[part.role]}>
          {part.text}
        </Text>
      ))}
    </Text>
  );
});
