import type { Effect } from '#domain/plan.ts';
import type { Context } from './context.ts';
import { writeHighest } from './protection.ts';

/** Carries out a cleared change of the gate's own policy on this machine. */
export async function executePolicy(effect: Extract<Effect, { kind: 'policy' }>, context: Context): Promise<void> {
  const { unlocks, key } = await context.state();
  if (effect.change === 'unlock') return unlocks.unlock(effect.profile, effect.seconds);
  if (effect.change === 'lock') return unlocks.lock(effect.profile);
  const { files, locations } = context.edges;
  await writeHighest({ files, locations }, key, (await context.profile()).protection);
}
