import type { ActionEvent } from '#domain/event.ts';
import type { Plan } from '#domain/plan.ts';

/** One change that runs or ran, as the task pane shows it. */
export interface Task {
  readonly id: number;
  readonly title: string;
  /** Not a shell or a command in a container. */
  readonly changesStack: boolean;
  readonly state: TaskState;
  readonly steps: readonly TaskStep[];
  /** What the tools printed, newest last, bounded. */
  readonly output: readonly string[];
  readonly warnings: readonly string[];
  /** How it ended, in a sentence. */
  readonly message: string | undefined;
  readonly hint: string | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
}

export type TaskState = 'waiting' | 'planning' | 'asking' | 'running' | 'done' | 'failed' | 'cancelled';

export interface TaskStep {
  readonly id: number;
  readonly what: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** The docker command line that it runs, when it runs one. */
  readonly commandLine: string | undefined;
  /** What each resource last said of itself, by its id. */
  readonly progress: Readonly<Record<string, { readonly text: string; readonly done: boolean }>>;
}

/** Output lines that a task keeps. */
const OUTPUT_KEPT = 500;

export function newTask(id: number, what: Pick<Task, 'title' | 'changesStack'>, now: number): Task {
  return {
    ...what,
    id,
    state: 'waiting',
    steps: [],
    output: [],
    warnings: [],
    message: undefined,
    hint: undefined,
    startedAt: now,
    endedAt: undefined,
  };
}

export function isOver(task: Task): boolean {
  return task.endedAt !== undefined;
}

/** The task after an event of its action. */
export function applyEvent(task: Task, event: ActionEvent, now: number): Task {
  switch (event.event) {
    case 'started':
      return { ...task, title: event.plan.title, state: 'running', steps: stepsOf(event.plan), startedAt: now };
    case 'step':
      return {
        ...task,
        steps: withStep(task, event.step, (step) => ({ ...step, state: event.state === 'begin' ? 'running' : event.state })),
      };
    case 'output':
      return { ...task, output: [...task.output, event.line].slice(-OUTPUT_KEPT) };
    case 'progress':
      return {
        ...task,
        steps: withStep(task, event.step, (step) => ({
          ...step,
          progress: { ...step.progress, [event.id]: { text: event.text, done: event.done } },
        })),
      };
    case 'warning':
      return { ...task, warnings: [...task.warnings, event.message] };
    case 'done':
      return { ...task, state: 'done', message: event.message, endedAt: now };
    case 'failed':
      return { ...task, state: 'failed', message: event.message, hint: event.hint, endedAt: now };
  }
}

function stepsOf(plan: Plan): readonly TaskStep[] {
  return plan.steps.map((step) => ({
    id: step.id,
    what: step.what,
    state: 'waiting',
    commandLine: commandLineOf(step.effect),
    progress: {},
  }));
}

function commandLineOf(effect: Plan['steps'][number]['effect']): string | undefined {
  if (effect.kind === 'compose' || effect.kind === 'compose-terminal') return `docker compose ${effect.argv.join(' ')}`;
  return effect.kind === 'host-command' ? effect.command : undefined;
}

function withStep(task: Task, id: number, change: (step: TaskStep) => TaskStep): readonly TaskStep[] {
  return task.steps.map((step) => (step.id === id ? change(step) : step));
}
