import type { Command } from '../commands/command.ts';
import { pushMode, updateMode } from '../store.ts';
import type { Tui } from '../tui.ts';

let lastId = 0;

/** Opens a menu at once; the risk of each entry is looked up behind it, one after the other. */
export function openMenu(tui: Tui, title: string, commands: readonly Command[]): void {
  lastId += 1;
  const id = lastId;
  const entries = commands.map((command) => ({ command, disabled: command.unavailable(tui), risk: undefined }));
  const selected = (entries.find((entry) => entry.disabled === undefined) ?? entries[0])?.command.id ?? '';
  pushMode(tui.ui, { kind: 'menu', id, title, entries, selected });
  void findRisks(
    tui,
    id,
    entries.flatMap((entry) => (entry.disabled === undefined ? [entry.command] : [])),
  );
}

async function findRisks(tui: Tui, id: number, commands: readonly Command[]): Promise<void> {
  for (const command of commands) {
    if (!tui.ui.getState().modes.some((mode) => mode.kind === 'menu' && mode.id === id)) return;
    await findRisk(tui, id, command);
  }
}

/** A plan that cannot be made now is the reason why its entry cannot run. */
async function findRisk(tui: Tui, id: number, command: Command): Promise<void> {
  if (!command.risk) return;
  const found = await command.risk(tui).then(
    (risk) => ({ risk, disabled: undefined }),
    (thrown: unknown) => ({ risk: undefined, disabled: thrown instanceof Error ? thrown.message : String(thrown) }),
  );
  updateMode(tui.ui, (mode) => {
    if (mode.kind !== 'menu' || mode.id !== id) return mode;
    return { ...mode, entries: mode.entries.map((entry) => (entry.command.id === command.id ? { ...entry, ...found } : entry)) };
  });
}
