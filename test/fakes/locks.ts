import type { Locks } from '#system/locks.ts';

/** Locks that are always free. */
export const freeLocks: Locks = {
  acquire: async () => ({ release: async () => undefined }),
  holder: async () => undefined,
};
