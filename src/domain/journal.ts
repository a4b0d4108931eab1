import type { StackIdentity } from './identity.ts';
import type { Effect, Loss } from './plan.ts';
import type { Risk } from './risk.ts';

export type Outcome = 'done' | 'failed' | 'refused' | 'cancelled' | 'interrupted' | 'recovered';

/** Who asked: a person at a terminal, a pipeline, or an agent (told by markers in the environment). */
export type Actor = 'person' | 'ci' | 'agent';

/** Who asked for what, and what was answered. */
interface JournalHead {
  /** ISO 8601 */
  readonly at: string;
  readonly user: string;
  readonly host: string;
  readonly tty: boolean;
  readonly actor: Actor;
  readonly action: string;
  readonly title: string;
  /** Secrets masked. */
  readonly argv: readonly string[];
  readonly identity: StackIdentity;
  readonly risk: Risk;
  readonly planHash: string;
  readonly losses: readonly Loss[];
  readonly answer: string;
  readonly reason: string | undefined;
  /** The process that runs it, with its start time (kernel ticks), so that a reused pid is not taken for it. */
  readonly pid: number;
  readonly pidStart: string;
}

/** A line of the journal file belongs to the entry whose id it carries. */
interface LineOf<Kind extends string> {
  readonly kind: Kind;
  readonly entry: string;
  readonly at: string;
}

interface BeginLine extends LineOf<'begin'>, JournalHead {
  readonly steps: readonly Pick<JournalStep, 'id' | 'what' | 'effect'>[];
}

interface StepLine extends LineOf<'step'> {
  readonly step: number;
  readonly state: 'begin' | 'done' | 'failed';
  readonly detail?: string;
}

interface ChildLine extends LineOf<'child'> {
  readonly step: number;
  readonly pid: number;
  readonly pidStart: string;
  readonly output: string;
}

interface EndLine extends LineOf<'end'> {
  readonly outcome: Outcome;
  readonly detail?: string;
  readonly durationMs: number;
}

/** One line of the journal file. */
export type JournalLine = BeginLine | StepLine | ChildLine | EndLine;

/** One action as the journal tells it, folded from its lines. */
export interface JournalEntry extends JournalHead {
  readonly id: string;
  /** undefined: it still runs, or died. */
  readonly outcome: Outcome | undefined;
  readonly detail: string | undefined;
  readonly durationMs: number | undefined;
  readonly steps: readonly JournalStep[];
}

export interface JournalStep {
  readonly id: number;
  readonly what: string;
  readonly effect: Effect;
  readonly state: 'waiting' | 'begun' | 'done' | 'failed';
  readonly detail: string | undefined;
  readonly child: { readonly pid: number; readonly pidStart: string; readonly output: string } | undefined;
}

/** Folds lines (oldest first) into entries (oldest first). Lines of an entry whose beginning is lost are left out. */
export function foldJournal(lines: readonly JournalLine[]): readonly JournalEntry[] {
  const entries = new Map<string, JournalEntry>();
  for (const line of lines) {
    const before = entries.get(line.entry);
    if (line.kind === 'begin') entries.set(line.entry, openEntry(line));
    else if (before) entries.set(line.entry, foldLine(before, line));
  }
  return [...entries.values()];
}

function openEntry(line: BeginLine): JournalEntry {
  const { kind: _, entry, steps, ...rest } = line;
  return {
    ...rest,
    id: entry,
    outcome: undefined,
    detail: undefined,
    durationMs: undefined,
    steps: steps.map((step) => ({ ...step, state: 'waiting', detail: undefined, child: undefined })),
  };
}

function foldLine(entry: JournalEntry, line: StepLine | ChildLine | EndLine): JournalEntry {
  switch (line.kind) {
    case 'end':
      return { ...entry, outcome: line.outcome, detail: line.detail, durationMs: line.durationMs };
    case 'child':
      return withStep(entry, line.step, { child: { pid: line.pid, pidStart: line.pidStart, output: line.output } });
    case 'step':
      return withStep(entry, line.step, { state: line.state === 'begin' ? 'begun' : line.state, detail: line.detail });
  }
}

function withStep(entry: JournalEntry, id: number, change: Partial<JournalStep>): JournalEntry {
  return { ...entry, steps: entry.steps.map((step) => (step.id === id ? { ...step, ...change } : step)) };
}
