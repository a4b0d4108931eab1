import path from 'node:path';
import type { Files } from '#system/files.ts';

export interface EnvFileRequest {
  readonly root: string;
  readonly projectDirectory: string;
  /** Words of the profile's file names, e.g. `test`, `production`. */
  readonly words: readonly string[];
  /** Files that a usage comment names with `--env-file`. */
  readonly named: readonly string[];
}

/**
 * Env files of a profile by their names: `.env`, then `.env.<word>` and its synonyms, then what the header names. Each is looked
 * for in the project directory, as compose does, and then in the root, where many projects keep them. Absolute.
 */
export async function inferEnvFiles(files: Files, request: EnvFileRequest): Promise<readonly string[]> {
  const directories = [...new Set([request.projectDirectory, request.root])];
  const names: readonly (readonly string[])[] = await Promise.all(directories.map((directory) => files.list(directory).catch(() => [])));
  const find = (candidates: readonly string[]): string | undefined => {
    const found = directories.flatMap((directory, index) =>
      candidates.filter((name) => names[index]?.includes(name)).map((name) => path.join(directory, name)),
    );
    return found[0];
  };
  const byName = [['.env'], ...request.words.map(candidatesFor)].map(find).filter((file) => file !== undefined);
  return [...new Set([...byName, ...(await existing(files, directories, request.named))])];
}

/** The template that an env file is copied from, most particular first. */
export async function inferTemplate(files: Files, request: EnvFileRequest): Promise<string | undefined> {
  const particular = request.words.flatMap((word) =>
    candidatesFor(word).flatMap((name) => TEMPLATE_ENDINGS.map((ending) => `${name}${ending}`)),
  );
  const general = TEMPLATE_ENDINGS.map((ending) => `.env${ending}`);
  for (const name of [...particular, ...general, 'env.example']) {
    const [found] = await existing(files, [...new Set([request.projectDirectory, request.root])], [name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

const TEMPLATE_ENDINGS = ['.example', '.sample', '.template', '.dist'];

const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  dev: ['dev', 'development'],
  test: ['test', 'testing'],
  prod: ['prod', 'production'],
  staging: ['staging', 'stage'],
};

function candidatesFor(word: string): readonly string[] {
  return (SYNONYMS[word] ?? [word]).flatMap((one) => [`.env.${one}`, `${one}.env`]);
}

async function existing(files: Files, directories: readonly string[], names: readonly string[]): Promise<readonly string[]> {
  const found = names.map(async (name) => {
    const paths = directories.map((directory) => path.resolve(directory, name));
    const facts = await Promise.all(paths.map((file) => files.stat(file).catch(() => undefined)));
    return paths.find((_, index) => facts[index]?.kind === 'file');
  });
  return (await Promise.all(found)).filter((file) => file !== undefined);
}
