import * as z from 'zod';
import { parseDuration } from '#domain/duration.ts';
import { DevctlError } from '#domain/error.ts';
import type { JournalEntry } from '#domain/journal.ts';
import { RISKS } from '#domain/risk.ts';
import { neutralise } from '#domain/text.ts';
import type { Paint, Query } from './action.ts';
import { unavailableWithoutEngine } from './availability.ts';
import { formatTable, painted } from './format-table.ts';

const options = z.object({
  entry: z
    .string()
    .optional()
    .meta({ positional: true, value: 'ENTRY', description: 'one entry with its steps; the beginning of its id is enough' }),
  last: z.int().min(1).default(20).meta({ value: 'N', description: 'how many, newest first' }),
  action: z.string().optional().meta({ value: 'ID', description: 'only this action, e.g. stack.down' }),
  risk: z.enum(RISKS).optional().meta({ value: 'RISK', description: 'only this risk' }),
  outcome: z
    .enum(['done', 'failed', 'refused', 'cancelled', 'interrupted', 'recovered', 'open'])
    .optional()
    .meta({ value: 'OUTCOME', description: 'only this outcome' }),
  since: z.string().optional().meta({ value: 'TIME', description: 'from a time, or this long ago (2d)' }),
});

interface JournalResult {
  /** Newest first. */
  readonly entries: readonly JournalEntry[];
  readonly damaged: readonly number[];
  /** Whether one entry was asked for. */
  readonly whole: boolean;
}

/** Lists what was done to the stack, newest first. */
export const journalList: Query<z.infer<typeof options>, JournalResult> = {
  kind: 'query',
  id: 'data.journal',
  command: 'journal',
  title: 'Read the journal',
  summary: 'what was done to the stack, by whom, and how it ended; newest first',
  examples: ['devctl journal', 'devctl journal --outcome refused --since 7d', 'devctl journal --json | jq .entries[0]'],
  options,
  unavailable: unavailableWithoutEngine,
  read: async (context, wish) => {
    const { entries, damaged } = await (await context.state()).journal.read();
    const newest = entries.toReversed();
    if (wish.entry !== undefined) return { entries: [find(newest, wish.entry)], damaged, whole: true };
    const since = wish.since === undefined ? undefined : timeOf(wish.since, context.edges.clock.now());
    const kept = newest.filter(
      (entry) =>
        (wish.action === undefined || entry.action === wish.action) &&
        (wish.risk === undefined || entry.risk === wish.risk) &&
        (wish.outcome === undefined || (entry.outcome ?? 'open') === wish.outcome) &&
        (since === undefined || Date.parse(entry.at) >= since),
    );
    return { entries: kept.slice(0, wish.last), damaged, whole: false };
  },
  document: ({ entries, damaged }) => ({ schema: 1, entries: entries.map(entryDocument), damaged }),
  lines: ({ entries, damaged, whole }, paint) => [
    ...(whole ? entries.flatMap((entry) => formatEntry(entry, paint)) : formatEntries(entries, paint)),
    ...(damaged.length > 0 ? [`${paint.bad('✖')} ${damaged.length} damaged lines (${damaged.join(', ')}): devctl journal verify`] : []),
  ],
};

function find(entries: readonly JournalEntry[], wanted: string): JournalEntry {
  const found = entries.filter((entry) => entry.id.toLowerCase().startsWith(wanted.toLowerCase()));
  if (found.length === 1 && found[0]) return found[0];
  throw new DevctlError('usage', found.length === 0 ? `There is no journal entry ${wanted}.` : `Several entries begin with ${wanted}.`, {
    hint: found.length === 0 ? 'devctl journal lists them.' : found.map((entry) => `${entry.id}  ${entry.title}`).join('\n'),
  });
}

function timeOf(text: string, now: number): number {
  const seconds = parseDuration(text);
  const ms = seconds === undefined ? Date.parse(text) : now - seconds * 1000;
  if (Number.isFinite(ms)) return ms;
  throw new DevctlError('usage', `--since ${text} is neither a time nor a duration.`, { hint: 'Write --since 2d or --since 2026-01-31.' });
}

function entryDocument(entry: JournalEntry) {
  return {
    ...entry,
    reason: entry.reason ?? null,
    outcome: entry.outcome ?? null,
    detail: entry.detail ?? null,
    durationMs: entry.durationMs ?? null,
    steps: entry.steps.map(({ child: _, detail, ...step }) => ({ ...step, detail: detail ?? null })),
  };
}

function formatEntries(entries: readonly JournalEntry[], paint: Paint): readonly string[] {
  if (entries.length === 0) return ['No entries.'];
  const head = ['TIME (UTC)', 'WHO', 'WHAT', 'RISK', 'ANSWER', 'OUTCOME', 'ENTRY'].map((text) => painted(text, paint.dim));
  const rows = entries.map((entry) => [
    entry.at.slice(0, 19).replace('T', ' '),
    `${entry.user}${entry.actor === 'person' ? '' : ` (${entry.actor})`}`,
    neutralise(entry.title).slice(0, 60),
    entry.risk,
    neutralise(entry.answer).slice(0, 40),
    painted(entry.outcome ?? 'open', paintOutcome(entry, paint)),
    painted(entry.id, paint.dim),
  ]);
  return formatTable([head, ...rows]);
}

function formatEntry(entry: JournalEntry, paint: Paint): readonly string[] {
  const facts: readonly (readonly [string, string])[] = [
    ['Entry', entry.id],
    ['Time', entry.at],
    ['Who', `${entry.user} on ${entry.host}, ${entry.actor}${entry.tty ? '' : ', without a terminal'}`],
    ['Stack', `${entry.identity.projectName} (${entry.identity.profile}) on ${entry.identity.context}`],
    ['Risk', entry.risk],
    ['Answer', entry.answer],
    ...(entry.reason ? ([['Reason', entry.reason]] as const) : []),
    ['Outcome', `${entry.outcome ?? 'open'}${entry.detail ? `: ${entry.detail}` : ''}`],
    ['Command', entry.argv.join(' ')],
    ...entry.losses.map((loss) => ['Lost', `${loss.kind} ${loss.name}`] as const),
  ];
  return [
    paint.strong(neutralise(entry.title)),
    ...facts.map(([label, value]) => `  ${paint.dim(label.padEnd(8))} ${neutralise(value)}`),
    ...entry.steps.map(
      (step) =>
        `  ${paint.dim(step.state.padEnd(8))} ${step.id}. ${neutralise(step.what)}${step.detail ? ` (${neutralise(step.detail)})` : ''}`,
    ),
  ];
}

function paintOutcome(entry: JournalEntry, paint: Paint): (text: string) => string {
  if (entry.outcome === 'done') return paint.good;
  return entry.outcome === 'failed' ? paint.bad : paint.attention;
}
