import * as z from 'zod';
import type { Change, Paint, Query } from './action.ts';
import type { CommandLine, Context } from './context.ts';
import { formatDemand, formatPlan } from './format-plan.ts';
import { type PlanDocument, planDocument } from './plan-document.ts';
import { ask } from './run-change.ts';

const options = z.object({
  command: z
    .array(z.string())
    .min(1, 'give a command line after --')
    .meta({ positional: true, value: 'COMMAND', description: 'a devctl or docker compose command line' }),
});

/** What would happen. */
type Planned =
  | { readonly kind: 'change'; readonly document: PlanDocument; readonly others: readonly PlanDocument[] }
  | { readonly kind: 'reads'; readonly action: string; readonly command: string }
  /** A raw command that devctl cannot judge. */
  | { readonly kind: 'unknown'; readonly command: string; readonly why: string };

/** Shows what a command line would do and how it would be gated, without doing it. Makes its hash usable with `--plan`. */
export const plan: Query<z.infer<typeof options>, Planned> = {
  kind: 'query',
  id: 'check.plan',
  command: 'plan',
  title: 'Show what a command would do',
  summary: 'what a command line would do, and what the gate would ask; never runs it',
  examples: ['devctl plan -- down --volumes', 'devctl plan -- rm -fsv api', 'devctl plan --json -- docker compose down -v'],
  options,
  unavailable: () => undefined,
  read: async (context, { command }) => {
    const words = command[0] === 'devctl' ? command.slice(1) : command;
    const raw = rawCommand(words);
    if (raw.kind === 'unknown') return raw;
    if (!context.readCommandLine) throw new Error('This face cannot read command lines');
    const line = await context.readCommandLine(raw.words);
    if (line.action.kind !== 'change') return { kind: 'reads', action: line.action.id, command: `devctl ${words.join(' ')}` };
    return planChange(line.action, line, context);
  },
  document: (planned) =>
    planned.kind === 'change'
      ? { ...planned.document, ...(planned.others.length > 0 ? { first: planned.others } : {}) }
      : withoutPlan(planned),
  lines: (planned, paint) => formatPlanned(planned, paint),
};

/** `docker compose …` becomes devctl's own pass-through; other programs cannot be judged. */
function rawCommand(
  words: readonly string[],
): { readonly kind: 'words'; readonly words: readonly string[] } | Extract<Planned, { kind: 'unknown' }> {
  if (words[0] === 'docker-compose') return { kind: 'words', words: ['compose', '--', ...words.slice(1)] };
  if (words[0] === 'docker' && words[1] === 'compose') return { kind: 'words', words: ['compose', '--', ...words.slice(2)] };
  if (words[0] !== 'docker') return { kind: 'words', words };
  return { kind: 'unknown', command: words.join(' '), why: 'devctl cannot judge raw docker commands yet, so it counts as irrecoverable' };
}

async function planChange(action: Change<unknown>, line: CommandLine, fallback: Context): Promise<Planned> {
  const own = line.context ?? fallback;
  const context = action.scope ? await action.scope(own, line.options) : own;
  const before = action.before ? await action.before(context) : [];
  const others = await Promise.all(before.map((one) => planIn(action, line.options, one)));
  return { kind: 'change', document: await planIn(action, line.options, context), others };
}

async function planIn(action: Change<unknown>, wish: unknown, context: Context): Promise<PlanDocument> {
  const state = await context.state();
  const question = await ask(action, context, wish, state);
  await state.tickets.issue(question.planHash);
  return planDocument(question, context.edges.clock.now());
}

function withoutPlan(planned: Exclude<Planned, { kind: 'change' }>): Readonly<Record<string, unknown>> {
  const empty = { steps: [], losses: [], keeps: [], hash: null, expires: null };
  if (planned.kind === 'reads') {
    return {
      schema: 1,
      action: planned.action,
      risk: 'none',
      reasons: ['it only reads'],
      ...empty,
      gate: { answer: 'none', phrase: null, allow: '' },
      command: planned.command,
    };
  }
  const losses = [{ kind: 'unknown', name: planned.command, bytes: null, detail: planned.why, checkpoint: null }];
  return {
    schema: 1,
    action: null,
    risk: 'irrecoverable',
    reasons: [planned.why],
    ...empty,
    losses,
    gate: { answer: 'unlock', phrase: null, allow: null },
    command: planned.command,
  };
}

function formatPlanned(planned: Planned, paint: Paint): readonly string[] {
  switch (planned.kind) {
    case 'reads':
      return [`${planned.command}: only reads; nothing is asked.`];
    case 'unknown':
      return [paint.strong(planned.command), `  ${paint.dim('Risk  ')} ${paint.bad('irrecoverable')}`, `         ${planned.why}.`];
    case 'change':
      return [
        ...planned.others.flatMap((one) => [...formatPlan(one, paint), '']),
        ...formatPlan(planned.document, paint),
        '',
        formatDemand(planned.document),
        ...(planned.document.safer ? [`Safer: ${planned.document.safer}`] : []),
        paint.dim(`Plan ${planned.document.hash}, good until ${planned.document.expires.slice(11, 16)} UTC.`),
      ];
  }
}
