import type { Clock } from '#system/clock.ts';
import type { Files } from '#system/files.ts';

/** Time-boxed unlocks of protected profiles, per stack; in the state directory only, never in the project or environment. */
export interface Unlocks {
  unlock(profile: string, seconds: number): Promise<void>;
  lock(profile: string): Promise<void>;
  /** Milliseconds since 1970 until which the profile is unlocked; undefined when it is not. */
  until(profile: string): Promise<number | undefined>;
}

/** The longest time that an unlock may last, in seconds. */
export const LONGEST_UNLOCK_SECONDS = 3600;

export function openUnlocks(path: string, { files, clock }: { readonly files: Files; readonly clock: Clock }): Unlocks {
  const write = (unlocks: Record<string, number>): Promise<void> => files.writeAtomic(path, JSON.stringify(unlocks), 0o600);
  const read = async (): Promise<Record<string, number>> => parse(await files.readText(path));
  return {
    unlock: async (profile, seconds) => write({ ...(await read()), [profile]: clock.now() + seconds * 1000 }),
    lock: async (profile) => {
      const { [profile]: _, ...others } = await read();
      await write(others);
    },
    until: async (profile) => {
      const until = (await read())[profile];
      const now = clock.now();
      return until !== undefined && until > now && until <= now + LONGEST_UNLOCK_SECONDS * 1000 ? until : undefined;
    },
  };
}

function parse(text: string | undefined): Record<string, number> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, number>) : {};
  } catch {
    return {}; // damaged: locked
  }
}
