import type { Readable } from 'node:stream';

/**
 * Hands over every chunk of a stream and resolves at its end. Rejects when it breaks, unless `signal` was what broke it, or when
 * `onChunk` throws.
 * Every stream of the engine must be read through this: one without an error handler takes the process down.
 */
export function readToEnd(stream: Readable, onChunk: (chunk: Buffer) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => (signal.aborted ? resolve() : reject(error));
    if (stream.errored) return fail(stream.errored);
    if (stream.destroyed) return resolve();
    stream.on('data', (chunk: Buffer) => {
      if (signal.aborted) return;
      try {
        onChunk(chunk);
      } catch (error) {
        reject(error);
        stream.destroy();
      }
    });
    stream.on('error', fail);
    stream.on('end', resolve);
    stream.on('close', resolve);
  });
}
