import type { ReactElement } from 'react';
import { neutralise } from '#domain/text.ts';
import { dialogSize, type Size } from '../layout.ts';
import type { Mode } from '../store.ts';
import { isOver } from '../tasks.ts';
import { useTui, useUi } from '../use-tui.ts';
import { line, span } from '../widgets/line.ts';
import { useSpinner } from '../widgets/use-spinner.ts';
import { useTicking } from '../widgets/use-ticking.ts';
import { formatTask, taskNote } from './task-lines.ts';
import { TextDialog } from './text-dialog.tsx';

/** The task pane: what runs, step by step. Leaving it does not stop it. */
export function TaskDialog(props: { readonly mode: Extract<Mode, { kind: 'task' }>; readonly size: Size }): ReactElement | null {
  const { theme, clock } = useTui();
  const task = useUi((state) => state.tasks.find((one) => one.id === props.mode.task));
  const isRunning = task !== undefined && !isOver(task);
  const spinner = useSpinner(isRunning);
  const note = useTicking(() => (task ? taskNote(task, clock.now()) : ''));
  if (!task) return null;
  const failed = task.state === 'failed';
  return (
    <TextDialog
      size={props.size}
      columns={110}
      title={line(span(neutralise(task.title), 'strong'))}
      note={line(span(note, failed ? 'bad' : 'dim'))}
      hints={isRunning ? RUNNING_HINTS : OVER_HINTS}
      content={(width) =>
        formatTask(task, { theme, width, rows: dialogSize(props.size, { columns: 0, rows: props.size.rows }).rows - 2, spinner })
      }
      scroll={props.mode.scroll}
      {...(failed ? { frame: 'bad' as const } : {})}
    />
  );
}

const RUNNING_HINTS = [{ key: 'esc', label: 'leave (it goes on)' }];
const OVER_HINTS = [
  { key: 'y', label: 'copy' },
  { key: 'esc', label: 'close' },
];
