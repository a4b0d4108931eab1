import { Box } from 'ink';
import type { ReactElement } from 'react';
import { neutralise } from '#domain/text.ts';
import { selectServices } from '#session/selectors.ts';
import type { Connection, SessionState } from '#session/state.ts';
import type { Size } from './layout.ts';
import { useSession } from './use-tui.ts';
import { type Line, line, span, wrapText } from './widgets/line.ts';
import { LineText } from './widgets/line-text.tsx';

/** Whether nothing of the stack can be shown because no engine ever answered. */
export function useNoEngine(): Extract<Connection, { status: 'lost' }> | undefined {
  return useSession((state) => (state.connection.status === 'lost' && isNothingKnown(state) ? state.connection : undefined));
}

/** One clear screen: what is wrong, what to do, and that it goes on by itself. */
export function NoEngine(props: { readonly connection: Extract<Connection, { status: 'lost' }>; readonly size: Size }): ReactElement {
  const width = Math.min(72, props.size.columns - 4);
  const lines = messageLines(props.connection, width);
  return (
    <Box
      width={props.size.columns}
      height={props.size.rows - 2}
      flexDirection="column"
      alignItems="center"
      justifyContent="center"
      flexShrink={0}
    >
      {lines.map((content, row) => (
        <LineText key={row} width={width} line={content} />
      ))}
    </Box>
  );
}

function isNothingKnown(state: SessionState): boolean {
  return selectServices(state).every((view) => view.containers.length === 0);
}

function messageLines(connection: Extract<Connection, { status: 'lost' }>, width: number): readonly Line[] {
  const wrap = (text: string, role: 'plain' | 'dim' | 'accent'): readonly Line[] =>
    wrapText(neutralise(text), width).map((row) => line(span(row, role)));
  return [
    line(span('No Docker engine answers', 'strong')),
    [],
    ...wrap(connection.error, 'plain'),
    [],
    ...wrap(connection.hint ?? 'Start Docker, or name another engine with DOCKER_HOST or DOCKER_CONTEXT.', 'accent'),
    [],
    ...wrap('devctl tries again by itself; q quits.', 'dim'),
  ];
}
