import type { Compose, ComposeInputs } from '#docker/compose.ts';
import type { Engine } from '#docker/engine.ts';
import type { Files } from '#system/files.ts';
import type { SessionEvent } from '../event.ts';
import { findForeignStack, workingDirectories } from '../foreign.ts';
import { portConflictOf } from '../port-conflict.ts';
import { findPortHolder } from '../port-holder.ts';
import { replicasByService } from '../services.ts';
import type { SessionState } from '../state.ts';
import type { SessionStore } from '../store.ts';

export interface SurroundingsWatch {
  readonly engine: Engine;
  readonly compose: Compose;
  readonly inputs: ComposeInputs;
  readonly files: Files;
}

/**
 * Finds out what a state raises as a question, once each: is this stack another directory's, is a container that the model
 * does not know an orphan, who holds a port that a container could not get.
 */
export function watchSurroundings(store: SessionStore, watch: SurroundingsWatch, signal: AbortSignal): void {
  const lastKey = new Map<string, string>();

  /** Answers a question when what it is about (`key`) changed; an answer that is overtaken by a newer question is dropped. */
  async function ask(topic: string, key: string, answer: () => Promise<SessionEvent>): Promise<void> {
    if (lastKey.get(topic) === key || signal.aborted) return;
    lastKey.set(topic, key);
    try {
      const event = await answer();
      if (lastKey.get(topic) === key && !signal.aborted) store.dispatch(event);
    } catch {
      // Each answer only adds to what is shown: it is asked again at the next change.
      lastKey.delete(topic);
    }
  }

  store.onChange((before) => {
    const state = store.getState();
    if (before.containers === state.containers && before.model === state.model) return;
    askWhose(state);
    askForeigners(state);
    askPorts(state, before);
  });

  function askWhose({ model: { model }, containers }: SessionState): void {
    if (!model || [...replicasByService(containers).keys()].every((name) => model.services[name])) return;
    void ask('services', Object.keys(model.services).join(), async () => {
      const all = await watch.compose.model(watch.inputs, { allProfiles: true });
      return { kind: 'all-services-known', services: Object.keys(all.services) };
    });
  }

  function askForeigners(state: SessionState): void {
    const directories = workingDirectories(Object.values(state.containers));
    void ask('directories', directories.join(), async () => {
      return { kind: 'foreign-checked', foreign: await findForeignStack(directories, watch.inputs.projectDirectory, watch.files) };
    });
  }

  function askPorts(state: SessionState, before: SessionState): void {
    for (const container of Object.values(state.containers)) {
      const conflict = container === before.containers[container.id] ? undefined : portConflictOf(container);
      if (!conflict) continue;
      void ask(`port ${container.id}`, `${conflict.port} ${container.finishedAt}`, async () => {
        return { kind: 'port-holder-found', container: container.id, holder: await findPortHolder(conflict, watch, container.id) };
      });
    }
  }
}
