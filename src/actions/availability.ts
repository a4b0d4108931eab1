import type { SessionState } from '#session/state.ts';

/** Why nothing can be done with containers now; undefined when it can. */
export function unavailableWithoutEngine(state: SessionState): string | undefined {
  if (state.profile.compose === undefined) return `profile ${state.profile.name} has no containers`;
  if (state.connection.status === 'connecting') return 'the engine has not answered yet';
  return state.connection.status === 'lost' ? 'the engine does not answer' : undefined;
}

/** Why nothing that is running can be changed now. */
export function unavailableWithoutContainers(state: SessionState): string | undefined {
  return unavailableWithoutEngine(state) ?? (Object.keys(state.containers).length === 0 ? 'nothing is running' : undefined);
}
