import { useRef, useSyncExternalStore } from 'react';

/** Something that has a state and tells when it changed. */
export interface Readable<State> {
  getState(): State;
  subscribe(listener: () => void): () => void;
}

/** A part of a store's state; renders again only when that part is another one (shallow comparison). */
export function useStore<State, Part>(store: Readable<State>, select: (state: State) => Part): Part {
  const last = useRef<{ readonly part: Part } | undefined>(undefined);
  const read = (): Part => {
    const part = select(store.getState());
    if (!last.current || !isShallowEqual(last.current.part, part)) last.current = { part };
    return last.current.part;
  };
  return useSyncExternalStore(store.subscribe, read);
}

function isShallowEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return left.length === right.length && left.every(([key, value]) => Object.is(value, (b as Record<string, unknown>)[key]));
}
