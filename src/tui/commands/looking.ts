import { inspectLines } from '../dialogs/inspect-lines.ts';
import { pushMode } from '../store.ts';
import { toast } from '../toasts.ts';
import type { Tui } from '../tui.ts';
import type { Command } from './command.ts';
import { editDefinition } from './editing.ts';
import { openTab, selectedService } from './moving.ts';

/** Looking closer at the selected service, without changing anything. */
export const LOOKING: readonly Command[] = [
  looking({ id: 'logs', keys: ['l'], title: 'Show logs', label: 'logs', onSelection: true, run: (tui) => openTab(tui, 'logs') }),
  looking({ id: 'inspect', keys: ['i'], title: 'Inspect the container', onSelection: true, run: inspect }),
  looking({ id: 'edit', keys: ['e'], title: 'Edit the definition', label: 'edit', onSelection: true, run: editDefinition }),
  looking({ id: 'copy', keys: ['y'], title: 'Copy what the pane shows', onSelection: true, run: copy }),
  looking({ id: 'filter', keys: ['/'], title: 'Filter services', label: 'filter', onSelection: false, run: startFilter }),
  {
    ...looking({ id: 'follow', keys: ['f'], title: 'Follow the log', label: 'follow', onSelection: false, run: toggleFollow }),
    scope: 'details',
    unavailable: (tui) => (tui.ui.getState().tab === 'logs' ? undefined : 'the Logs tab is not open'),
  },
];

function inspect(tui: Tui): void {
  const view = selectedService(tui.ui.getState());
  if (!view) return;
  pushMode(tui.ui, { kind: 'inspect', title: view.name, lines: inspectLines(view), scroll: 0 });
}

/** Puts lines on the clipboard and says how many. */
export function copyText(tui: Tui, lines: readonly string[]): void {
  tui.control.copy(lines.join('\n'));
  toast(tui, lines.length === 1 ? `Copied ${lines[0]}` : `Copied ${lines.length} lines`, 'dim');
}

function copy(tui: Tui): void {
  const state = tui.ui.getState();
  const view = selectedService(state);
  if (state.focus === 'details') copyText(tui, tui.measured.detailText);
  else if (view) copyText(tui, [view.containers[0]?.name ?? view.name]);
}

function startFilter(tui: Tui): void {
  tui.ui.setState({ focus: 'services' });
  pushMode(tui.ui, { kind: 'filter' });
}

function toggleFollow(tui: Tui): void {
  const { follow } = tui.ui.getState();
  const { content, visible } = tui.measured.details;
  tui.ui.setState({ follow: !follow, scroll: Math.max(0, content - visible) });
}

type Looking = Pick<Command, 'id' | 'keys' | 'title' | 'onSelection' | 'run'> & { readonly label?: string };

function looking(parts: Looking): Command {
  return {
    ...parts,
    id: `look.${parts.id}`,
    scope: 'stack',
    label: parts.label,
    group: 'Look',
    unavailable: (tui) => (parts.onSelection && !selectedService(tui.ui.getState()) ? 'there is no service' : undefined),
  };
}
