import { isDeepStrictEqual } from 'node:util';
import type { Engine } from '#docker/engine.ts';
import type { Profile } from '#domain/profile.ts';
import { PROTECTIONS, type Protection, raiseProtection, strictestProtection } from '#domain/protection.ts';
import type { Files } from '#system/files.ts';
import type { Locations } from '#system/locations.ts';
import type { ProfileOrError } from './context.ts';
import { stackKey, statePath } from './stack-paths.ts';

/** Why a stack is protected as it is, strictest last. */
export interface ProtectionReason {
  readonly protection: Protection;
  readonly because: string;
}

export interface ProtectionEdges {
  readonly files: Files;
  readonly locations: Locations;
}

/**
 * The protections that apply to a profile's stack: its own, those of other profiles with the same project name, the
 * highest that this stack ever had on this machine, and one level more for a remote engine that the profile does not name.
 */
export async function protectionReasons(
  profile: Profile,
  profiles: readonly ProfileOrError[],
  edges: ProtectionEdges & { readonly engine: Engine },
): Promise<readonly ProtectionReason[]> {
  const reasons: ProtectionReason[] = [{ protection: profile.protection, because: `profile ${profile.name}` }];
  for (const other of profiles) {
    if ('profile' in other && sharesStack(profile, other.profile)) {
      reasons.push({ protection: other.profile.protection, because: `profile ${other.profile.name} has the same project name` });
    }
  }
  const { id, remote } = await edges.engine.identity();
  const highest = profile.compose ? await readHighest(edges, stackKey(id, profile.compose.projectName)) : undefined;
  if (highest) reasons.push({ protection: highest, because: 'the highest that this stack ever had on this machine' });
  if (remote && !profile.engine.context && !profile.engine.host) {
    reasons.push({ protection: raiseProtection(profile.protection), because: 'the engine is remote and the profile does not name it' });
  }
  return reasons;
}

/** The strictest of the reasons. */
export function strictestOf(reasons: readonly ProtectionReason[]): Protection {
  return strictestProtection(reasons.map((reason) => reason.protection));
}

/** Remembers the protection when it is higher than ever before. */
export async function rememberHighest(edges: ProtectionEdges, key: string, protection: Protection): Promise<void> {
  const before = await readHighest(edges, key);
  if (before && PROTECTIONS.indexOf(before) >= PROTECTIONS.indexOf(protection)) return;
  await writeHighest(edges, key, protection);
}

/** Sets the highest protection outright; only `devctl policy lower` does so, after typing. */
export function writeHighest({ files, locations }: ProtectionEdges, key: string, protection: Protection): Promise<void> {
  return files.writeAtomic(statePath(locations, key, 'protection'), protection, 0o600);
}

async function readHighest({ files, locations }: ProtectionEdges, key: string): Promise<Protection | undefined> {
  const text = (await files.readText(statePath(locations, key, 'protection')))?.trim();
  if (text === undefined) return undefined;
  // A damaged file must not lower anything.
  return PROTECTIONS.find((protection) => protection === text) ?? 'protected';
}

/** Two profiles that would act on the same containers: one project name, or the same files under it. */
function sharesStack(profile: Profile, other: Profile): boolean {
  if (profile.name === other.name || !profile.compose || !other.compose) return false;
  return profile.compose.projectName === other.compose.projectName && isDeepStrictEqual(profile.engine, other.engine);
}
