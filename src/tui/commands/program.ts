import { changingTasks, runningTasks } from '../changes.ts';
import { openProfiles } from '../dialogs/open-profiles.ts';
import { SCREENS } from '../screens/index.ts';
import { pushMode } from '../store.ts';
import { toast } from '../toasts.ts';
import type { Tui } from '../tui.ts';
import type { Command } from './command.ts';

/** What concerns devctl itself. */
export const PROGRAM: readonly Command[] = [
  ...SCREENS.map((screen) =>
    program(`screen.${screen.id}`, [screen.digit], `Show ${screen.title}`, (tui) =>
      tui.ui.setState({ screen: screen.id, focus: 'services' }),
    ),
  ),
  program('profiles', ['p'], 'Switch the profile', openProfiles, 'profile'),
  program('tasks', ['T'], 'Show what runs or ran last', showLastTask),
  program('help', ['?'], 'Help', (tui) => pushMode(tui.ui, { kind: 'help', scroll: 0 }), 'help'),
  program('redraw', ['ctrl-l'], 'Redraw the screen', (tui) => tui.control.redraw()),
  program('suspend', ['ctrl-z'], 'Suspend devctl', (tui) => tui.control.suspend()),
  program('quit', ['q'], 'Quit', (tui) => quit(tui, 0), 'quit'),
  program('interrupt', ['ctrl-c'], 'Quit, as an interruption', (tui) => quit(tui, INTERRUPTED)),
];

/** Exit code of a program that Ctrl-C ended. */
export const INTERRUPTED = 130;

/** Quits, or asks when something that changes the stack still runs. */
export function quit(tui: Tui, exitCode: number): void {
  if (changingTasks(tui.ui.getState().tasks).length === 0) tui.changes.whenIdle(() => tui.control.quit(exitCode));
  else pushMode(tui.ui, { kind: 'quit', focus: 'stay' });
}

function showLastTask(tui: Tui): void {
  const { tasks } = tui.ui.getState();
  const task = runningTasks(tasks)[0] ?? tasks.at(-1);
  if (task) pushMode(tui.ui, { kind: 'task', task: task.id, scroll: 0 });
  else toast(tui, 'Nothing was changed from here yet', 'dim');
}

function program(id: string, keys: readonly string[], title: string, run: (tui: Tui) => void, label?: string): Command {
  return {
    id: `program.${id}`,
    keys,
    scope: 'global',
    title,
    label,
    group: 'Program',
    onSelection: false,
    unavailable: () => undefined,
    run,
  };
}
