import type { Streams } from './streams.ts';

/** Whether there is somebody to ask: both the keys and the place where the question stands are a terminal. */
export function canAsk(streams: Streams): boolean {
  return streams.stdin.isTTY === true && streams.stderr.isTTY === true;
}
