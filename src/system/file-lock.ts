import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { DevctlError } from '#domain/error.ts';

/** A file that this process holds alone. */
export interface FileLock {
  /** Lets go. Doing it twice does nothing. */
  release(): void;
}

/**
 * Takes a file for this process alone, or returns undefined when it is taken. The kernel frees it when the process dies.
 *
 * POSIX drops all of a process's locks on a file when it closes any descriptor of it: each file is therefore opened once per
 * process, stays open, and is touched by nothing but this module.
 */
export async function acquireFileLock(path: string): Promise<FileLock | undefined> {
  const handle = await openOnce(path);
  if (handle.taken || !begin(handle.database, path)) return undefined;
  handle.taken = true;
  return {
    release: () => {
      if (!handle.taken) return;
      handle.database.exec('ROLLBACK');
      handle.taken = false;
    },
  };
}

interface Handle {
  readonly database: DatabaseSync;
  taken: boolean;
}

const opened = new Map<string, Promise<Handle>>();

function openOnce(path: string): Promise<Handle> {
  const known = opened.get(path);
  if (known) return known;
  const handle = openDatabase(path);
  opened.set(path, handle);
  handle.catch(() => opened.delete(path));
  return handle;
}

async function openDatabase(path: string): Promise<Handle> {
  const { DatabaseSync } = await import('node:sqlite');
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return { database: new DatabaseSync(path, { timeout: 0 }), taken: false };
  } catch (error) {
    throw new DevctlError('environment', `The lock file ${path} cannot be opened.`, {
      cause: error,
      hint: 'Is the disk full or read-only?',
    });
  }
}

function begin(database: DatabaseSync, path: string): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw new DevctlError('environment', `The lock file ${path} cannot be locked.`, { cause: error });
  }
}

const SQLITE_BUSY = 5;
