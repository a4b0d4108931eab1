import path from 'node:path';
import { DevctlError } from '#domain/error.ts';
import type { Project } from '#domain/profile.ts';
import type { Files } from '#system/files.ts';
import { composeFilesBelow } from './compose-files.ts';
import { chooseDefaultFiles, classifyComposeName, isComposeFolder } from './compose-names.ts';
import { normaliseProjectName } from './project-name.ts';

export interface FindProjectRequest {
  readonly files: Files;
  /** Absolute. */
  readonly cwd: string;
  /** `-C`: this directory and no other. */
  readonly directory: string | undefined;
  /** Never looked above. */
  readonly home: string | undefined;
}

/** Name of devctl's own file. */
const CONFIG_NAMES = ['devctl.yaml', 'devctl.yml'] as const;

/**
 * The project of a directory (design: profiles, resolution 1): `-C`, else the nearest devctl.yaml upwards, else the nearest
 * compose file, never past the git root or the home directory. Throws `usage` naming what was looked for and where.
 */
export async function findProject(request: FindProjectRequest): Promise<Project> {
  const cwd = path.resolve(request.cwd);
  if (request.directory !== undefined) return projectAt(request.files, path.resolve(cwd, request.directory));
  const levels = await levelsUpwards({ ...request, cwd });
  return (await nearestConfig(levels)) ?? (await nearestCompose(request.files, levels)) ?? notFound(levels);
}

/** One directory on the way up. */
interface Level {
  readonly directory: string;
  readonly names: readonly string[];
  /** At or below the git root, so that its folders belong to one project. */
  readonly inRepository: boolean;
}

async function projectAt(files: Files, directory: string): Promise<Project> {
  const facts = await files.stat(directory);
  if (facts?.kind !== 'directory') {
    const what = facts === undefined ? 'does not exist' : 'is not a directory';
    throw new DevctlError('usage', `The directory of -C, ${directory}, ${what}.`, {
      hint: 'Give the directory that holds devctl.yaml or a compose file.',
    });
  }
  const level = { directory, names: await readNames(files, directory), inRepository: true };
  return (await nearestConfig([level])) ?? (await nearestCompose(files, [level])) ?? notFound([level]);
}

async function levelsUpwards({ files, cwd, home }: FindProjectRequest): Promise<readonly Level[]> {
  const found: Omit<Level, 'inRepository'>[] = [];
  for (const directory of ancestors(cwd)) {
    const names = directory === cwd ? await readNames(files, directory) : await readNames(files, directory).catch(() => undefined);
    if (names === undefined) break;
    found.push({ directory, names });
    if (names.includes('.git')) return found.map((level) => ({ ...level, inRepository: true }));
    if (directory === home) break;
  }
  return found.map((level) => ({ ...level, inRepository: level.directory === cwd && cwd !== home }));
}

function ancestors(directory: string): readonly string[] {
  const parent = path.dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}

async function readNames(files: Files, directory: string): Promise<readonly string[]> {
  try {
    return await files.list(directory);
  } catch (cause) {
    throw new DevctlError('usage', `The directory ${directory} cannot be read.`, {
      hint: 'Check its permissions, or name another one with -C DIR.',
      cause,
    });
  }
}

function nearestConfig(levels: readonly Level[]): Project | undefined {
  for (const { directory, names } of levels) {
    const config = CONFIG_NAMES.find((name) => names.includes(name));
    if (config) return describe(directory, path.join(directory, config), levels.length > 1 ? `nearest ${config}` : config);
  }
  return undefined;
}

async function nearestCompose(files: Files, levels: readonly Level[]): Promise<Project | undefined> {
  for (const level of levels) {
    const direct = chooseDefaultFiles(level.names)[0] ?? level.names.find((name) => classifyComposeName(name) !== undefined);
    const file = direct ?? (level.inRepository ? (await composeFilesBelow(files, level.directory))[0]?.relative : undefined);
    if (file !== undefined) return describe(rootOf(level, levels), undefined, `nearest compose file, ${file}`);
  }
  return undefined;
}

/** A compose file in `docker/` or `tests/e2e/` belongs to the project around that folder, wherever one stands in it. */
function rootOf(level: Level, levels: readonly Level[]): string {
  const parent = levels.find((one) => one.directory === path.dirname(level.directory));
  const belongsToParent = level.inRepository && parent?.inRepository === true && isComposeFolder(path.basename(level.directory));
  return belongsToParent ? rootOf(parent, levels) : level.directory;
}

function describe(root: string, config: string | undefined, foundBy: string): Project {
  return { name: normaliseProjectName(path.basename(root)) || 'project', root, config, foundBy };
}

function notFound(levels: readonly Level[]): never {
  const first = levels[0]?.directory ?? '.';
  const last = levels.at(-1)?.directory ?? first;
  const where = first === last ? `in ${first}` : `in ${first} and the directories above it up to ${last}`;
  throw new DevctlError(
    'usage',
    `Not a project directory: there is no devctl.yaml and no compose file (compose.yaml, docker-compose.yml, …) ${where}.`,
    {
      hint: 'Change to your project, or name it: devctl -C DIR …',
    },
  );
}
