import type { Engine } from '#docker/engine.ts';
import type { SessionStore } from '../store.ts';

/** Reads single containers anew, few at a time. */
export interface Inspector {
  /** Asks for one container; asked again while it is being read, it is read once more and only the last answer counts. */
  request(id: string): void;
}

// Enough to fill the engine's answer time, few enough that 200 containers do not keep others from it.
const AT_ONCE = 8;

/** `project`: containers of others (of which events may tell as well) are left out. */
export function createInspector(
  store: SessionStore,
  { engine, project }: { engine: Engine; project: string },
  signal: AbortSignal,
): Inspector {
  const waiting = new Set<string>();
  const reading = new Set<string>();

  function request(id: string): void {
    waiting.add(id);
    pump();
  }

  function pump(): void {
    for (const id of waiting) {
      if (reading.size >= AT_ONCE || signal.aborted) return;
      if (reading.has(id)) continue;
      waiting.delete(id);
      reading.add(id);
      void read(id);
    }
  }

  async function read(id: string): Promise<void> {
    try {
      const container = await engine.container(id);
      if (waiting.has(id) || signal.aborted) return;
      if (!container) store.dispatch({ kind: 'container-gone', id });
      else if (container.project === project) store.dispatch({ kind: 'container-inspected', container });
    } catch {
      // The engine went away: the event feed says so, and everything is listed and read anew when it is back.
    } finally {
      reading.delete(id);
      pump();
    }
  }

  return { request };
}
