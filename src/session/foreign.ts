import { COMPOSE_LABEL, type ContainerState } from '#domain/container.ts';
import type { ForeignStack } from '#domain/identity.ts';
import type { Files } from '#system/files.ts';

/** The directories that these containers were started from, as compose labelled them; one-offs do not count. */
export function workingDirectories(containers: readonly ContainerState[]): readonly string[] {
  const labels = containers.filter((one) => !one.oneOff).flatMap((one) => one.labels[COMPOSE_LABEL.workingDirectory] ?? []);
  return [...new Set(labels)].sort();
}

/** Whether one of the directories is not the project's own, links resolved on both sides. */
export async function findForeignStack(
  directories: readonly string[],
  projectDirectory: string,
  files: Pick<Files, 'realpath'>,
): Promise<ForeignStack | undefined> {
  const found = await Promise.all(directories.map((path) => files.realpath(path)));
  return foreignStackOf(found, await files.realpath(projectDirectory));
}

/** The first of these directories that is not the expected one. Pure; paths are real ones. */
export function foreignStackOf(found: readonly string[], expected: string): ForeignStack | undefined {
  const other = found.find((path) => path !== expected);
  return other === undefined ? undefined : { reason: 'other-directory', found: other, expected };
}
