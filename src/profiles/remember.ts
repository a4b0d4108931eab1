import { createHash } from 'node:crypto';
import path from 'node:path';
import { DevctlError } from '#domain/error.ts';
import type { Profile, Project } from '#domain/profile.ts';
import type { Files } from '#system/files.ts';
import type { Locations } from '#system/locations.ts';

/** What this machine remembers of a project's profiles. */
export interface Remembered {
  /** Last profile set by `devctl use` or the picker; never a protected one. */
  readonly lastUsed: string | undefined;
  /** The only profile of this machine (`devctl use PROFILE --this-machine`). */
  readonly pinned: string | undefined;
}

/** Where it is remembered. */
export interface MemoryPlace {
  readonly files: Files;
  readonly locations: Pick<Locations, 'state'>;
  readonly project: Pick<Project, 'root'>;
}

/** Reads what is remembered; nothing when it was never written or cannot be read. */
export async function readRemembered({ files, locations, project }: MemoryPlace): Promise<Remembered> {
  const text = await files.readText(fileFor(locations, project)).catch(() => undefined);
  const { lastUsed, pinned } = parse(text);
  return {
    lastUsed: typeof lastUsed === 'string' ? lastUsed : undefined,
    pinned: typeof pinned === 'string' ? pinned : undefined,
  };
}

/** Makes a profile the one that is taken on a terminal when none is named. Throws `usage` for a protected one. */
export async function rememberProfile(place: MemoryPlace, profile: Profile): Promise<void> {
  if (!mayBeRemembered(profile)) {
    throw new DevctlError('usage', `${profile.name} is protected and never becomes the profile that is used without being named.`, {
      hint: `Type \`devctl -p ${profile.name} …\` each time, or \`devctl use ${profile.name} --this-machine\` on the box that is only for it.`,
    });
  }
  await write(place, { ...(await readRemembered(place)), lastUsed: profile.name });
}

/** Whether a profile may become the last used one. */
export function mayBeRemembered(profile: Pick<Profile, 'protection'>): boolean {
  return profile.protection !== 'protected';
}

/** Makes a profile the only one of this machine; undefined takes the pin away. */
export async function pinProfile(place: MemoryPlace, name: string | undefined): Promise<void> {
  await write(place, { ...(await readRemembered(place)), pinned: name });
}

async function write({ files, locations, project }: MemoryPlace, remembered: Remembered): Promise<void> {
  await files.writeAtomic(fileFor(locations, project), `${JSON.stringify({ root: project.root, ...remembered })}\n`, 0o600);
}

function fileFor(locations: Pick<Locations, 'state'>, project: Pick<Project, 'root'>): string {
  const key = createHash('sha256').update(project.root).digest('hex').slice(0, 16);
  return path.join(locations.state, 'projects', `${key}.json`);
}

function parse(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(text ?? '{}');
    return typeof data === 'object' && data !== null ? { ...data } : {};
  } catch {
    return {};
  }
}
