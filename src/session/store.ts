import type { SessionEvent } from './event.ts';
import { reduce } from './reducer.ts';
import type { SessionState } from './state.ts';

/** Holds the state of a session. Watchers hear of every change at once; the faces only of flushes. */
export interface SessionStore {
  getState(): SessionState;
  dispatch(event: SessionEvent): void;
  /** Called after every change with what was before; for watchers. Returns unsubscribe. */
  onChange(listener: (before: SessionState) => void): () => void;
}

/** `onDirty` is called after every change of the state, once the watchers have heard of it. */
export function createSessionStore(initial: SessionState, onDirty: () => void): SessionStore {
  let state = initial;
  const listeners = new Set<(before: SessionState) => void>();
  return {
    getState: () => state,
    dispatch(event) {
      const before = state;
      state = reduce(before, event);
      if (state === before) return;
      for (const listener of listeners) listener(before);
      onDirty();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
