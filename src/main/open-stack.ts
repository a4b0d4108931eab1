import type { Context } from '#actions/context.ts';
import type { Gate } from '#actions/gate.ts';
import { findUnfinished, recoverUnfinished } from '#actions/recover.ts';
import { lockStack } from '#actions/run-change.ts';
import { DevctlError } from '#domain/error.ts';
import type { Profile } from '#domain/profile.ts';
import type { Protection } from '#domain/protection.ts';
import { startSession } from '#session/start.ts';
import type { Stack } from '#tui/host.ts';

/** A live session on the context's profile, after cleaning up what a dead devctl left; `notices` say what was done. */
export async function openStack(context: Context, gate: Gate): Promise<Stack & { readonly notices: readonly string[] }> {
  const [project, profile, profiles] = await Promise.all([context.project(), context.profile(), context.profiles()]);
  const notices = await recover(context, gate);
  const { clock, network, files } = context.edges;
  const session = startSession({
    project,
    profile,
    profiles: profiles.flatMap((one) => ('profile' in one ? [one.profile] : [])),
    protection: await protectionOrOwn(context, profile),
    unfinished: [],
    engine: profile.compose ? await context.engine() : undefined,
    compose: profile.compose ? await context.compose() : undefined,
    inputs: profile.compose ? await context.inputs() : undefined,
    clock,
    network,
    files,
  });
  return { session, context, notices };
}

/** Without an engine only the profile's own protection is known; nothing can be changed then anyway. */
function protectionOrOwn(context: Context, profile: Profile): Promise<Protection> {
  return context.protection().catch((thrown: unknown) => {
    if (thrown instanceof DevctlError && thrown.kind === 'environment') return profile.protection;
    throw thrown;
  });
}

/** What recovery did, in words; nothing when there is no engine to look at. */
async function recover(context: Context, gate: Gate): Promise<readonly string[]> {
  const notices: string[] = [];
  try {
    const state = await context.state();
    if ((await findUnfinished(context, state)).length === 0) return notices;
    const lock = await lockStack(context, state, 'recovery');
    try {
      await recoverUnfinished(context, gate, (event) => {
        if (event.event === 'warning') notices.push(event.message);
      });
    } finally {
      await lock.release();
    }
  } catch (thrown) {
    if (!(thrown instanceof DevctlError)) throw thrown;
    if (thrown.kind !== 'environment') notices.push(thrown.message);
  }
  return notices;
}
