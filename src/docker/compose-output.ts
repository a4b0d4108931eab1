import type { ComposeRunOptions } from './compose.ts';
import { parseJsonFailure, parseProgress } from './compose-progress.ts';

/** Sorts compose's lines: progress of resources to `onProgress`, words to `onLine`. Every line is also shown to `onAny`. */
export function listenToOutput(
  { onLine, onProgress }: Pick<ComposeRunOptions, 'onLine' | 'onProgress'>,
  onAny: (line: string) => void,
): (stream: 'stdout' | 'stderr', line: string) => void {
  return (stream, line) => {
    onAny(line);
    const progress = parseProgress(line);
    if (progress && onProgress) onProgress(progress);
    else onLine?.(stream, parseJsonFailure(line) ?? line);
  };
}

/** Output for people: progress in JSON left out, the closing failure object replaced by its message. */
export function readableOutput(output: string): string {
  return output
    .split('\n')
    .filter((line) => !(line.startsWith('{') && parseProgress(line)))
    .map((line) => parseJsonFailure(line) ?? line)
    .join('\n');
}

/**
 * Compose offers to throw a volume away whose definition changed (2.32 on). With stdin closed it answers itself with No,
 * carries on and exits 0; so the line itself is the failure.
 */
export function isRecreateQuestion(line: string): boolean {
  return /Recreate \(data will be lost\)|exists but doesn't match configuration in compose file/.test(line);
}
