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

/** Output for people: progress in JSON as a plain line, the closing failure object replaced by its message. */
export function readableOutput(output: string): string {
  return output.split('\n').map(readableLine).join('\n');
}

function readableLine(line: string): string {
  if (!line.startsWith('{')) return line;
  const progress = parseProgress(line);
  return progress ? ` ${progress.id}  ${progress.text}` : (parseJsonFailure(line) ?? line);
}

/**
 * Compose offers to throw a volume away whose definition changed (2.32 on). With stdin closed it answers itself with No,
 * carries on and exits 0; so the line itself is the failure.
 */
export function isRecreateQuestion(line: string): boolean {
  return /Recreate \(data will be lost\)|exists but doesn't match configuration in compose file/.test(line);
}
