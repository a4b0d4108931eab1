import type { ReactElement } from 'react';
import type { Command } from '../commands/command.ts';
import type { Size } from '../layout.ts';
import type { Mode } from '../store.ts';
import type { Theme } from '../theme.ts';
import { useTui, useUi } from '../use-tui.ts';
import { formatKey } from '../widgets/key-hints.ts';
import { fitLine, type Line, line, padEnd, span } from '../widgets/line.ts';
import { TextDialog } from './text-dialog.tsx';

/** All keys, made from the commands. */
export function HelpDialog(props: { readonly mode: Extract<Mode, { kind: 'help' }>; readonly size: Size }): ReactElement {
  const { theme, options } = useTui();
  const commands = useUi((state) => state.commands);
  return (
    <TextDialog
      size={props.size}
      columns={92}
      title={line(span('Keys', 'strong'))}
      note={line(span(`devctl ${options.version}`, 'dim'))}
      hints={[{ key: 'esc', label: 'close' }]}
      content={(width) => formatHelp(commands, theme, width)}
      scroll={props.mode.scroll}
    />
  );
}

/** Groups of keys, in two columns where there is room. */
function formatHelp(commands: readonly Command[], theme: Theme, width: number): readonly Line[] {
  const groups = GROUPS.map((group) => groupLines(group, commands, theme));
  const signs = [line(span('Signs', 'strong')), ...signLines(theme)];
  if (width < TWO_COLUMNS_FROM) return [...groups.flatMap((lines) => [...lines, []]), ...signs];
  const [move = [], look = [], service = [], stack = [], program = []] = groups;
  return beside([...move, [], ...look, [], ...stack], [...service, [], ...program, [], ...signs], width);
}

const TWO_COLUMNS_FROM = 74;
const GROUPS = ['Move', 'Look', 'Service', 'Stack', 'Program'] as const;

function groupLines(group: Command['group'], commands: readonly Command[], theme: Theme): readonly Line[] {
  const bound = commands.filter((command) => command.group === group && command.keys.length > 0);
  return [
    line(span(group, 'strong')),
    ...bound.map((command) => line(span(padEnd(keysOf(command, theme), KEY_COLUMNS), 'key'), span(command.title))),
  ];
}

function keysOf(command: Command, theme: Theme): string {
  return command.keys.map((key) => formatKey(key, theme)).join(' ');
}

function signLines(theme: Theme): readonly Line[] {
  const { signs } = theme;
  return [
    line(span(signs.good, 'good'), ' healthy   ', span(signs.running, 'good'), ' running   ', span(signs.busy, 'attention'), ' starting'),
    line(
      span(signs.degraded, 'attention'),
      ' degraded  ',
      span(signs.failed, 'bad'),
      ' failed    ',
      span(signs.absent, 'dim'),
      ' not there',
    ),
  ];
}

function beside(left: readonly Line[], right: readonly Line[], width: number): readonly Line[] {
  const half = Math.floor(width / 2);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => [
    ...fitLine(left[row] ?? [], half - 2),
    span('  '),
    ...(right[row] ?? []),
  ]);
}

const KEY_COLUMNS = 12;
