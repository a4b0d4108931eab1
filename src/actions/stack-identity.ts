import type { StackIdentity } from '#domain/identity.ts';
import type { Context } from './context.ts';
import { composeOf, stackIdentity } from './observe-stack.ts';

/** What a document is about. Throws `usage` for a host-only profile. */
export async function readIdentity(context: Context): Promise<StackIdentity> {
  const [profile, engine] = await Promise.all([context.profile(), context.engine()]);
  return stackIdentity(profile, composeOf(profile), await engine.identity());
}
