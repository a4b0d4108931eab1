import { createHash } from 'node:crypto';
import type { FileFacts, Files } from '#system/files.ts';

/** Something that was read and what it was like; contents only as hashes. */
export type Observation =
  | { readonly kind: 'content'; readonly path: string; readonly hash: string }
  | { readonly kind: 'names'; readonly path: string; readonly hash: string }
  | { readonly kind: 'stat'; readonly path: string; readonly hash: string };

/** Files that remember what was read through them, so that a result can be kept until any of it changes. */
export function recordFiles(files: Files): { readonly files: Files; observations(): readonly Observation[] } {
  const seen = new Map<string, Observation>();
  const note = (kind: Observation['kind'], path: string, hash: string): void => {
    seen.set(`${kind} ${path}`, { kind, path, hash });
  };
  const noting = async <T>(read: Reading<T>): Promise<T> => {
    try {
      const value = await read.run();
      note(read.kind, read.path, read.hash(value));
      return value;
    } catch (error) {
      note(read.kind, read.path, UNREADABLE);
      throw error;
    }
  };
  return {
    observations: () => [...seen.values()],
    files: {
      ...files,
      readText: (path) => noting({ kind: 'content', path, run: () => files.readText(path), hash: hashContent }),
      readBytes: (path) => noting({ kind: 'content', path, run: () => files.readBytes(path), hash: hashContent }),
      list: (path) => noting({ kind: 'names', path, run: () => files.list(path), hash: hashNames }),
      stat: (path) => noting({ kind: 'stat', path, run: () => files.stat(path), hash: hashFacts }),
    },
  };
}

interface Reading<T> {
  readonly kind: Observation['kind'];
  readonly path: string;
  readonly run: () => Promise<T>;
  readonly hash: (value: T) => string;
}

/** Whether everything is as it was, what could not be read included. */
export async function isUnchanged(files: Files, observations: readonly Observation[]): Promise<boolean> {
  const checks = observations.map(async (one) => (await observe(files, one).catch(() => UNREADABLE)) === one.hash);
  return (await Promise.all(checks)).every(Boolean);
}

async function observe(files: Files, { kind, path }: Observation): Promise<string> {
  if (kind === 'content') return hashContent(await files.readBytes(path));
  return kind === 'names' ? hashNames(await files.list(path)) : hashFacts(await files.stat(path));
}

const UNREADABLE = 'unreadable';

function hashContent(content: string | Uint8Array | undefined): string {
  return content === undefined ? 'missing' : createHash('sha256').update(content).digest('base64url');
}

function hashNames(names: readonly string[]): string {
  return hashContent(names.join('\n'));
}

function hashFacts(facts: FileFacts | undefined): string {
  return facts?.kind ?? 'missing';
}
