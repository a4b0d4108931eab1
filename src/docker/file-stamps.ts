import type { Files } from '#system/files.ts';

/** What a merged model was made from, as far as it can be seen without merging. */
export interface ModelDependencies {
  /** Path → `modified:size:inode`; null for a file that is not there (and would count if it were). */
  readonly files: FileStamps;
  /** Variables of the environment that the files interpolate and no env file defines. */
  readonly names: readonly string[];
}

/** What tells a file from the same file after a change. */
export type FileStamps = Readonly<Record<string, string | null>>;

/** Whether all files are as they were. */
export async function areUnchanged(files: Files, stamps: FileStamps): Promise<boolean> {
  const now = await stampFiles(files, Object.keys(stamps));
  return Object.entries(stamps).every(([path, stamp]) => now[path] === stamp);
}

/** Stamps of files as they are now. */
export async function stampFiles(files: Files, paths: readonly string[]): Promise<FileStamps> {
  const stamps = await Promise.all(
    paths.map(async (path) => {
      const facts = await files.stat(path);
      return [path, facts ? `${facts.modifiedMs}:${facts.size}:${facts.inode}` : null] as const;
    }),
  );
  return Object.fromEntries(stamps);
}
