import type { ActionListener } from '#domain/event.ts';
import type { JournalEntry } from '#domain/journal.ts';
import type { Plan } from '#domain/plan.ts';
import { isoNow } from '#system/clock.ts';
import type { Context, StackState } from './context.ts';
import { executePlan } from './execute.ts';
import type { Gate } from './gate.ts';
import { buildPlan, type DraftStep } from './plan-builder.ts';

/** How long a child of a dead devctl may still take before it is ended, in milliseconds. */
const CHILD_PATIENCE_MS = 120_000;
const POLL_MS = 100;

/** Entries that were begun by a process which is no more. */
export async function findUnfinished(context: Context, state: StackState): Promise<readonly JournalEntry[]> {
  const { entries } = await state.journal.read();
  const open = entries.filter((entry) => entry.outcome === undefined);
  const alive = await Promise.all(open.map((entry) => isAlive(context, entry.pid, entry.pidStart)));
  return open.filter((_, index) => !alive[index]);
}

/**
 * Brings what a dead devctl left into a state that needs no explaining, and says what it did. Waits for its compose child,
 * releases volumes that it held, and never deletes data: what was not deleted yet stays. The caller holds the stack's lock.
 */
export async function recoverUnfinished(context: Context, gate: Gate, listener: ActionListener): Promise<void> {
  const state = await context.state();
  for (const entry of await findUnfinished(context, state)) {
    await waitForChildren(context, entry);
    const detail = await releaseLeftovers({ context, state, gate, entry, listener });
    const at = isoNow(context.edges.clock);
    await state.journal.append({
      kind: 'end',
      entry: entry.id,
      at,
      outcome: 'recovered',
      detail,
      durationMs: Date.parse(at) - Date.parse(entry.at),
    });
    listener({ event: 'warning', message: detail });
  }
}

/** What one dead run left, in words: how far it came and what is kept. Pure. */
export function explainUnfinished(entry: JournalEntry, volumesThere: ReadonlySet<string>): string {
  const removals = entry.steps.flatMap((step) => (step.effect.kind === 'remove-volume' ? [step.effect.volume] : []));
  const gone = removals.filter((volume) => !volumesThere.has(volume));
  const kept = removals.filter((volume) => volumesThere.has(volume));
  const done = entry.steps.filter((step) => step.state === 'done').length;
  const parts = [`"${entry.title}" (${entry.at}) was cut off after ${done} of ${entry.steps.length} steps.`];
  if (removals.length > 0) parts.push(gone.length === 0 ? 'Nothing was deleted.' : `Deleted before: ${gone.join(', ')}.`);
  if (kept.length > 0) parts.push(`Kept: ${kept.join(', ')}.`);
  parts.push('To go on, repeat the command; to start the stack, devctl up.');
  return parts.join(' ');
}

async function releaseLeftovers(what: {
  readonly context: Context;
  readonly state: StackState;
  readonly gate: Gate;
  readonly entry: JournalEntry;
  readonly listener: ActionListener;
}): Promise<string> {
  const { context, state, gate, entry, listener } = what;
  if (!(await context.profile()).compose || entry.identity.engineId === '') return explainUnfinished(entry, new Set());
  const engine = await context.engine();
  const held = new Set((await engine.holders()).map((holder) => holder.volume));
  const ours = entry.steps.flatMap((step) =>
    step.effect.kind === 'hold-volume' && held.has(step.effect.volume) ? [step.effect.volume] : [],
  );
  const plan = recoveryPlan(entry, ours);
  const clearance = gate.grant(plan, 'recovery');
  try {
    await executePlan({ plan, context, state, clearance, entry: entry.id, listener, signal: new AbortController().signal });
  } finally {
    gate.revoke(clearance);
  }
  return explainUnfinished(entry, new Set((await engine.volumes()).map((volume) => volume.name)));
}

/** Numbered after the dead run's own steps, so that the journal keeps them apart. */
function recoveryPlan(entry: JournalEntry, held: readonly string[]): Plan {
  const steps = held.map(
    (volume): DraftStep => ({
      what: `release volume ${volume}`,
      why: 'recovery',
      risk: 'none',
      effect: { kind: 'release-volume', volume },
    }),
  );
  return buildPlan({
    action: 'recover',
    title: `Clean up after: ${entry.title}`,
    verb: 'Clean up',
    identity: entry.identity,
    steps,
    recovery: { how: undefined, detail: 'nothing is lost' },
    commandLine: 'devctl',
  });
}

/** Compose outlives a killed devctl and ends by itself: two at once on one project would fight. */
async function waitForChildren(context: Context, entry: JournalEntry): Promise<void> {
  const { clock } = context.edges;
  const deadline = clock.monotonic() + CHILD_PATIENCE_MS;
  for (const { child } of entry.steps) {
    if (!child) continue;
    while (await isAlive(context, child.pid, child.pidStart)) {
      if (clock.monotonic() > deadline) await context.edges.processes.end(child.pid);
      await clock.sleep(POLL_MS);
    }
  }
}

async function isAlive(context: Context, pid: number, start: string): Promise<boolean> {
  return (await context.edges.processes.startTicks(pid)) === start;
}
