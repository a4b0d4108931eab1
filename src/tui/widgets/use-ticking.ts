import { useSyncExternalStore } from 'react';

/** Once a second while somebody listens; for relative times. */
const listeners = new Set<() => void>();
let timer: NodeJS.Timeout | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const one of listeners) one();
  }, 1000).unref();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** A text that depends on the time; renders again only when the text is another one. */
export function useTicking(compute: () => string): string {
  return useSyncExternalStore(subscribe, compute);
}
