import type { Action } from '#actions/action.ts';
import { actionCommands } from './commands/acting.ts';
import type { Command, Scope } from './commands/command.ts';
import { LOOKING } from './commands/looking.ts';
import { MOVING } from './commands/moving.ts';
import { PROGRAM } from './commands/program.ts';
import type { UiState } from './store.ts';

/** Every command; those of the actions come in when these are loaded. */
export function allCommands(actions: readonly Action[]): readonly Command[] {
  return [...MOVING, ...LOOKING, ...actionCommands(actions), ...PROGRAM];
}

/** The command of a key here and now: the pane's own beats the screen's, which beats a global one. */
export function commandFor(state: UiState, key: string): Command | undefined {
  const candidates = state.commands.filter((command) => command.keys.includes(key));
  return scopesOf(state).flatMap((scope) => candidates.filter((command) => command.scope === scope))[0];
}

/** The commands that work in the focused pane. */
export function commandsHere(state: Pick<UiState, 'commands' | 'focus'>): readonly Command[] {
  const scopes = scopesOf(state);
  return state.commands.filter((command) => scopes.includes(command.scope));
}

/** Two commands on one key in one scope, as `key: a, b`; must be empty. */
export function clashes(commands: readonly Command[]): readonly string[] {
  const taken = Map.groupBy(
    commands.flatMap((command) => command.keys.map((key) => ({ place: `${command.scope} ${key}`, id: command.id }))),
    (one) => one.place,
  );
  return [...taken].filter(([, ones]) => ones.length > 1).map(([place, ones]) => `${place}: ${ones.map((one) => one.id).join(', ')}`);
}

function scopesOf(state: Pick<UiState, 'focus'>): readonly Scope[] {
  return [state.focus, 'stack', 'global'];
}
