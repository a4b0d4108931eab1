import { existsSync, type FSWatcher, realpathSync, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Calls back, at most once per 100 ms, when any of these files appears, changes or goes. Their directories are watched, not
 * they themselves: editors replace a file by another of its name. Returns a stop function.
 */
export function watchFiles(paths: readonly string[], onChange: () => void): () => void {
  let watchers: readonly FSWatcher[] = [];
  let seen = signatureOf(paths);
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    timer = undefined;
    rearm();
    const now = signatureOf(paths);
    if (now === seen) return;
    seen = now;
    onChange();
  };
  const wake = (): void => {
    timer ??= setTimeout(look, QUIET_MS);
  };
  const rearm = (): void => {
    for (const watcher of watchers) watcher.close();
    watchers = directoriesOf(paths).flatMap((directory) => watchDirectory(directory, wake));
  };
  rearm();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** A directory may go between the look and the watch; its parent is watched at the next wake. */
function watchDirectory(directory: string, wake: () => void): readonly FSWatcher[] {
  try {
    const watcher = watch(directory, { persistent: false }, wake);
    watcher.on('error', wake);
    return [watcher];
  } catch {
    return [];
  }
}

/** The directories of the files and of what links point to; for a missing one its nearest parent that is there. */
function directoriesOf(paths: readonly string[]): readonly string[] {
  const directories = paths.flatMap((path) => [nearestExisting(dirname(path)), ...(existsSync(path) ? [dirname(realpathSync(path))] : [])]);
  return [...new Set(directories)];
}

function nearestExisting(directory: string): string {
  if (existsSync(directory) || dirname(directory) === directory) return directory;
  return nearestExisting(dirname(directory));
}

function signatureOf(paths: readonly string[]): string {
  return paths
    .map((path) => {
      const facts = statSync(path, { throwIfNoEntry: false });
      return facts ? `${facts.ino}:${facts.size}:${facts.mtimeMs}` : '-';
    })
    .join(' ');
}

const QUIET_MS = 100;
