import type { ReactElement } from 'react';
import { neutralise } from '#domain/text.ts';
import { changingTasks } from '../changes.ts';
import type { Size } from '../layout.ts';
import type { Mode, QuitChoice } from '../store.ts';
import { useUi } from '../use-tui.ts';
import { type Line, line, span, wrapText } from '../widgets/line.ts';
import { TextDialog } from './text-dialog.tsx';

/** Asked when something still runs. */
export function QuitDialog(props: { readonly mode: Extract<Mode, { kind: 'quit' }>; readonly size: Size }): ReactElement {
  const titles = useUi((state) => changingTasks(state.tasks).map((task) => neutralise(task.title)));
  return (
    <TextDialog
      size={props.size}
      columns={72}
      title={line(span('Quit while something runs', 'strong'))}
      hints={HINTS}
      content={(width) => [
        ...(titles.length > 0 ? titles : ['It has ended meanwhile.']).map((title) => line(`  ${title}`)),
        [],
        ...wrapText('Quitting now does not stop docker; the next devctl settles what was left.', width).map((row) =>
          line(span(row, 'dim')),
        ),
        [],
        buttons(props.mode.focus),
      ]}
      scroll={0}
    />
  );
}

const LABELS: Readonly<Record<QuitChoice, string>> = { stay: 'Stay', wait: 'Quit when it ends', now: 'Quit now' };

function buttons(focus: QuitChoice): Line {
  return (Object.keys(LABELS) as QuitChoice[]).flatMap((choice) => [
    span(choice === focus ? `[ ${LABELS[choice]} ]` : `  ${LABELS[choice]}  `, choice === focus ? 'chosen' : 'plain'),
    span('  '),
  ]);
}

const HINTS = [
  { key: 'tab', label: 'next' },
  { key: 'enter', label: 'choose' },
  { key: 'esc', label: 'stay' },
];
