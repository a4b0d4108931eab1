import type { Compose, ComposeInputs } from '#docker/compose.ts';
import { asDevctlError } from '#domain/error.ts';
import type { Files } from '#system/files.ts';
import type { SessionStore } from '../store.ts';

export interface ModelWatcher {
  /** Reads the model anew. Never rejects: a failure is in the state, beside the model of before. */
  reload(): Promise<void>;
  /** Takes the cached model when it is still true. Resolves before compose is asked. */
  takeCached(): Promise<void>;
}

export interface ModelWatch {
  readonly compose: Compose;
  readonly inputs: ComposeInputs;
  readonly files: Files;
}

/** Keeps the model: from the cache at first, from compose when that is not true any more or a file changed. */
export function watchModel(store: SessionStore, { compose, inputs, files }: ModelWatch, signal: AbortSignal): ModelWatcher {
  let reading: Promise<void> | undefined;
  let isStale = false;

  /** Asked while it is being read, it is read once more: what was read may be of before the change. */
  function reload(): Promise<void> {
    if (reading) isStale = true;
    reading ??= readUntilFresh().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function readUntilFresh(): Promise<void> {
    store.dispatch({ kind: 'model-loading' });
    do {
      isStale = false;
      await read();
    } while (isStale && !signal.aborted);
  }

  async function read(): Promise<void> {
    try {
      const model = await compose.model(inputs);
      if (!signal.aborted) store.dispatch({ kind: 'model-ready', model });
    } catch (error) {
      const { message, hint } = asDevctlError(error);
      if (!signal.aborted) store.dispatch({ kind: 'model-failed', error: message, hint });
    }
  }

  async function takeCached(): Promise<void> {
    const model = await compose.cachedModel(inputs).catch(() => undefined);
    if (model) store.dispatch({ kind: 'model-ready', model });
    else void reload();
  }

  const stopWatching = files.watch([...inputs.files, ...inputs.envFiles], () => void reload());
  signal.addEventListener('abort', stopWatching, { once: true });
  return { reload, takeCached };
}
