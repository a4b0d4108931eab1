import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import { acquireFileLock, type FileLock } from './file-lock.ts';
import type { Files } from './files.ts';
import type { Locations } from './locations.ts';

/** One writer at a time per key. Freed by the kernel when its holder dies (design: architecture, "State on disk"). */
export interface Locks {
  /** Takes the lock or tells who holds it; never waits longer than `waitMs`. */
  acquire(key: string, holder: LockHolder, waitMs: number): Promise<HeldLock | { readonly heldBy: LockHolder | undefined }>;
  /** Who holds it now, as far as the sibling file tells. */
  holder(key: string): Promise<LockHolder | undefined>;
}

export interface LockHolder {
  readonly pid: number;
  readonly what: string;
  /** ISO 8601 */
  readonly since: string;
}

export interface HeldLock {
  release(): Promise<void>;
}

/** Locks in `state/locks`, one SQLite file per key; who holds one stands in the JSON file beside it. */
export function createLocks(edges: { readonly locations: Locations; readonly files: Files; readonly clock: Clock }): Locks {
  const { files, clock } = edges;
  const base = (key: string): string => join(edges.locations.state, 'locks', fileNameFor(key));
  const holder = (key: string): Promise<LockHolder | undefined> => readHolder(files, `${base(key)}.json`);
  return {
    holder,
    acquire: async (key, who, waitMs) => {
      const deadline = clock.monotonic() + waitMs;
      for (;;) {
        const lock = await acquireFileLock(`${base(key)}.lock`);
        if (lock) return announceHolder(files, `${base(key)}.json`, { lock, who });
        const left = deadline - clock.monotonic();
        if (left <= 0) return { heldBy: await holder(key) };
        await clock.sleep(Math.min(RETRY_MS, left));
      }
    },
  };
}

async function announceHolder(files: Files, path: string, held: { readonly lock: FileLock; readonly who: LockHolder }): Promise<HeldLock> {
  try {
    await files.writeAtomic(path, JSON.stringify(held.who), 0o600);
  } catch (error) {
    held.lock.release();
    throw error;
  }
  return {
    release: async () => {
      try {
        await files.remove(path);
      } finally {
        held.lock.release();
      }
    },
  };
}

/** A killed holder leaves its file behind: only a live process counts. */
async function readHolder(files: Files, path: string): Promise<LockHolder | undefined> {
  const text = await files.readText(path);
  if (text === undefined) return undefined;
  const holder = parseHolder(text);
  return holder && isAlive(holder.pid) ? holder : undefined;
}

/** A damaged file tells nobody's name; the lock itself is the kernel's. */
function parseHolder(text: string): LockHolder | undefined {
  try {
    return JSON.parse(text) as LockHolder;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be signalled, but is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Engine ids hold colons, which no Windows file name may; the hash keeps two keys apart that look alike afterwards. */
function fileNameFor(key: string): string {
  const plain = key.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 80);
  return plain === key ? key : `${plain}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
}

const RETRY_MS = 50;
