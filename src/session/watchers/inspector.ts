import type { Engine } from '#docker/engine.ts';
import type { ContainerState } from '#domain/container.ts';
import type { SessionStore } from '../store.ts';

/** Reads single containers anew, few at a time. */
export interface Inspector {
  /** Asks for one container; asked again while it is being read, it is read once more and only the last answer counts. */
  request(id: string): void;
}

// Enough to fill the engine's answer time, few enough that 200 containers do not keep others from it.
const AT_ONCE = 8;
const TOLD_TOGETHER = 32;

/** `project`: containers of others (of which events may tell as well) are left out. */
export function createInspector(
  store: SessionStore,
  { engine, project }: { engine: Engine; project: string },
  signal: AbortSignal,
): Inspector {
  const waiting = new Set<string>();
  const reading = new Set<string>();
  const answers: ContainerState[] = [];

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
      else if (container.project === project) answers.push(container);
    } catch {
      // The engine went away: the event feed says so, and everything is listed and read anew when it is back.
    } finally {
      reading.delete(id);
      pump();
      if (reading.size === 0 || answers.length >= TOLD_TOGETHER) tell();
    }
  }

  /** Many answers are one change: everything that follows from a state is worked out once for all of them. */
  function tell(): void {
    const containers = answers.splice(0).filter((one) => !waiting.has(one.id) && !reading.has(one.id));
    if (containers.length > 0 && !signal.aborted) store.dispatch({ kind: 'containers-inspected', containers });
  }

  return { request };
}
