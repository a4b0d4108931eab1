import path from 'node:path';
import { compareText } from '#domain/text.ts';
import type { Files } from '#system/files.ts';
import { type ComposeFileKind, classifyComposeName, isComposeFolder, isContainerFolder } from './compose-names.ts';

/** A file that is a compose file by its name. */
export interface ComposeFile {
  /** Absolute. */
  readonly path: string;
  /** From the project's root. */
  readonly relative: string;
  readonly directory: string;
  readonly kind: ComposeFileKind;
}

/** Deepest folder that is looked into; `platform/infra/services/runtime` is four deep. */
const DEPTH = 4;

/** Compose files of a project: in its root first, then in the folders where projects keep them, nearest first. */
export async function composeFilesBelow(files: Files, root: string): Promise<readonly ComposeFile[]> {
  const found = await scan(files, { root, directory: root, depth: 0, everyFolder: false });
  return [...found].sort((a, b) => depthOf(a) - depthOf(b) || compareText(a.relative, b.relative));
}

interface ScanPosition {
  readonly root: string;
  readonly directory: string;
  readonly depth: number;
  /** Inside `docker/` and the like, where folders have names of their own. */
  readonly everyFolder: boolean;
}

async function scan(files: Files, position: ScanPosition): Promise<readonly ComposeFile[]> {
  const names = await listOrNothing(files, position.directory);
  const here = names.flatMap((name) => composeFileOf(position, name));
  if (position.depth === DEPTH) return here;
  const folders = names.filter((name) => isComposeFolder(name) || (position.everyFolder && !name.includes('.') && name !== 'node_modules'));
  const below = await Promise.all(
    folders.map((name) =>
      scan(files, {
        root: position.root,
        directory: path.join(position.directory, name),
        depth: position.depth + 1,
        // One level of free names is enough: data directories lie below `docker/` too.
        everyFolder: isContainerFolder(name),
      }),
    ),
  );
  return [...here, ...below.flat()];
}

function composeFileOf(position: ScanPosition, name: string): readonly ComposeFile[] {
  const kind = classifyComposeName(name);
  const file = path.join(position.directory, name);
  return kind ? [{ path: file, relative: path.relative(position.root, file), directory: position.directory, kind }] : [];
}

/** Guesses must not fail: a folder that may not be listed holds nothing. */
async function listOrNothing(files: Files, directory: string): Promise<readonly string[]> {
  return files.list(directory).catch(() => []);
}

function depthOf(file: ComposeFile): number {
  return file.relative.split(path.sep).length;
}
