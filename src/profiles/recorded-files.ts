import { createHash } from 'node:crypto';
import type { Files } from '#system/files.ts';

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
  return {
    observations: () => [...seen.values()],
    files: {
      ...files,
      readText: async (path) => {
        const text = await files.readText(path);
        note('content', path, hashContent(text));
        return text;
      },
      readBytes: async (path) => {
        const bytes = await files.readBytes(path);
        note('content', path, hashContent(bytes));
        return bytes;
      },
      list: async (path) => {
        const names = await files.list(path);
        note('names', path, hashContent(names.join('\n')));
        return names;
      },
      stat: async (path) => {
        const facts = await files.stat(path);
        note('stat', path, facts?.kind ?? 'missing');
        return facts;
      },
    },
  };
}

/** Whether everything is as it was. A file that cannot be read any more is a change. */
export async function isUnchanged(files: Files, observations: readonly Observation[]): Promise<boolean> {
  const checks = observations.map(async (one) => {
    try {
      return (await observe(files, one)) === one.hash;
    } catch {
      return false;
    }
  });
  return (await Promise.all(checks)).every(Boolean);
}

async function observe(files: Files, { kind, path }: Observation): Promise<string> {
  if (kind === 'content') return hashContent(await files.readBytes(path));
  if (kind === 'names') return hashContent((await files.list(path)).join('\n'));
  return (await files.stat(path))?.kind ?? 'missing';
}

function hashContent(content: string | Uint8Array | undefined): string {
  return content === undefined ? 'missing' : createHash('sha256').update(content).digest('base64url');
}
