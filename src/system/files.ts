import { constants } from 'node:fs';
import { access, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DevctlError } from '#domain/error.ts';
import { watchFiles } from './watch.ts';

/** The file system, as far as devctl needs it. Missing files are values, other failures throw DevctlError naming the path. */
export interface Files {
  /** undefined when there is no such file. */
  readText(path: string): Promise<string | undefined>;
  readBytes(path: string): Promise<Uint8Array | undefined>;
  /** Write to a temporary sibling, fsync, rename, fsync the directory. Makes missing directories (0700). */
  writeAtomic(path: string, content: string, mode?: number): Promise<void>;
  /** Appends and fsyncs; creates the file with mode 0600 and its directory with 0700. */
  appendSynced(path: string, content: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Names in a directory, sorted; empty when there is none. */
  list(path: string): Promise<readonly string[]>;
  stat(path: string): Promise<FileFacts | undefined>;
  /** The path with symbolic links resolved, or itself when it does not exist. */
  realpath(path: string): Promise<string>;
  /** Calls back (at most once per 100 ms) when any of these files appears, changes or goes. Returns a stop function. */
  watch(paths: readonly string[], onChange: () => void): () => void;
}

export interface FileFacts {
  readonly kind: 'file' | 'directory' | 'socket' | 'other';
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
  readonly inode: number;
  readonly mode: number;
}

/** The real file system. */
export function createFiles(): Files {
  return {
    readText: (path) => unlessMissing(path, 'read', () => readFile(path, 'utf8')),
    readBytes: (path) => unlessMissing(path, 'read', () => readFile(path)),
    writeAtomic: (path, content, mode = 0o600) => naming(path, 'written', () => writeAtomic(path, content, mode)),
    appendSynced: (path, content) => naming(path, 'written', () => appendSynced(path, content)),
    remove: (path) => naming(path, 'removed', () => rm(path, { force: true })),
    list: async (path) => [...((await unlessMissing(path, 'read', () => readdir(path))) ?? [])].sort(),
    stat: (path) => unlessMissing(path, 'looked at', () => factsOf(path)),
    realpath: async (path) => (await unlessMissing(path, 'resolved', () => realpath(path))) ?? path,
    watch: watchFiles,
  };
}

async function writeAtomic(path: string, content: string, mode: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = join(dirname(path), `.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
  try {
    await writeSynced(temporary, content, { flags: 'wx', mode });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
}

async function appendSynced(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const isNew = await access(path, constants.F_OK).then(
    () => false,
    () => true,
  );
  await writeSynced(path, content, { flags: 'a', mode: 0o600 });
  if (isNew) await syncDirectory(dirname(path));
}

async function writeSynced(path: string, content: string, how: { readonly flags: string; readonly mode: number }): Promise<void> {
  const file = await open(path, how.flags, how.mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A new name lasts through a power cut only when its directory was synced too. Windows cannot open a directory, and need not. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

async function factsOf(path: string): Promise<FileFacts> {
  const facts = await stat(path);
  return {
    kind: facts.isFile() ? 'file' : facts.isDirectory() ? 'directory' : facts.isSocket() ? 'socket' : 'other',
    size: facts.size,
    modifiedMs: facts.mtimeMs,
    inode: facts.ino,
    mode: facts.mode,
  };
}

async function unlessMissing<T>(path: string, verb: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fileError(path, verb, error);
  }
}

async function naming<T>(path: string, verb: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(path, verb, error);
  }
}

/** A path whose parent is a file is as missing as any other. */
function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function fileError(path: string, verb: string, error: unknown): DevctlError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const hint = code === 'ENOSPC' || code === 'EDQUOT' ? 'Make room on that disk.' : verb === 'written' ? ELSEWHERE : undefined;
  return new DevctlError('environment', `${path} cannot be ${verb}: ${FILE_ERRORS[code] ?? String(error)}.`, { cause: error, hint });
}

const ELSEWHERE = 'devctl writes to its own directories only: make them writable, or name others with XDG_STATE_HOME and XDG_DATA_HOME.';

const FILE_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'its directory is missing and cannot be made',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EISDIR: 'it is a directory',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
};
