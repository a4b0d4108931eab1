import type { Change } from '#actions/action.ts';
import { asDevctlError } from '#domain/error.ts';
import type { ActionEvent } from '#domain/event.ts';
import type { GateAnswer, GateQuestion } from '#domain/gate.ts';
import { askGate } from './dialogs/ask-gate.ts';
import type { Stack } from './host.ts';
import { type Mode, pushMode, topMode, updateMode } from './store.ts';
import { applyEvent, isOver, newTask, type Task } from './tasks.ts';
import { toast } from './toasts.ts';
import { after, type Tui } from './tui.ts';

/** Runs changes one after the other, as tasks; a command in the terminal (shell) does not wait for them. */
export interface ChangeRunner {
  start(tui: Tui, request: ChangeRequest): void;
  /** Calls back when nothing runs or waits any more. */
  whenIdle(callback: () => void): void;
}

export interface ChangeRequest {
  readonly change: Change<unknown>;
  /** Parsed by the action's schema. */
  readonly options: unknown;
  readonly title: string;
  /** What the journal notes as typed. */
  readonly argv: readonly string[];
  /** Opens the task pane at once. */
  readonly show: boolean;
}

export function createChangeRunner(): ChangeRunner {
  let lastId = 0;
  let queue: Promise<void> = Promise.resolve();
  const active = new Set<Promise<void>>();
  return {
    start: (tui, request) => {
      lastId += 1;
      const task = newTask(lastId, { title: request.title, changesStack: !request.change.innerExitCode }, tui.clock.now());
      tui.ui.setState((state) => ({ tasks: [...state.tasks.slice(-TASKS_KEPT), task] }));
      if (request.show) showTask(tui, task.id);
      // The stack of this moment: switching the profile later must not redirect a waiting change.
      const { stack } = tui.ui.getState();
      const run = (): Promise<void> => runTask(tui, { task, request, stack });
      const ended = request.change.innerExitCode ? run() : queue.then(run);
      if (!request.change.innerExitCode) queue = ended;
      active.add(ended);
      void ended.then(() => active.delete(ended));
    },
    whenIdle: function again(callback): void {
      const seen = [...active];
      if (seen.length === 0) callback();
      else void Promise.all(seen).then(() => again(callback));
    },
  };
}

/** Finished tasks that can still be looked at. */
const TASKS_KEPT = 19;
/** Output of tools comes in floods; the pane needs no more than ten frames a second. */
const OUTPUT_FLUSH_MS = 100;

/** Opens the task pane, unless something else has the keys. */
function showTask(tui: Tui, id: number): void {
  const mode = topMode(tui.ui.getState());
  if (mode === undefined || mode.kind === 'menu') pushMode(tui.ui, { kind: 'task', task: id, scroll: 0 });
}

export function runningTasks(tasks: readonly Task[]): readonly Task[] {
  return tasks.filter((task) => !isOver(task));
}

/** Those that quitting must ask about; a shell that was left only writes its last line to the journal. */
export function changingTasks(tasks: readonly Task[]): readonly Task[] {
  return runningTasks(tasks).filter((task) => task.changesStack);
}

interface TaskRun {
  readonly task: Task;
  readonly request: ChangeRequest;
  readonly stack: Stack;
}

async function runTask(tui: Tui, run: TaskRun): Promise<void> {
  const events = eventSink(tui, run.task.id);
  setTask(tui, run.task.id, (task) => ({ ...task, state: 'planning' }));
  try {
    const { exitCode } = await tui.options.runChange(run.request.change, run.stack.context, run.request.options, {
      flags: NO_FLAGS,
      ask: (question) => ask(tui, run.task.id, question),
      listener: events.push,
      argv: run.request.argv,
      signal: NEVER,
    });
    events.flush();
    endTask(tui, run.task.id, exitCode);
  } catch (thrown) {
    events.flush();
    failTask(tui, run.task.id, thrown);
  }
}

// Leaving the pane or the program does not stop a change: docker finishes it, and the next start tells how it went.
const NEVER = new AbortController().signal;
const NO_FLAGS = { yes: false, confirm: undefined, planHash: undefined, reason: undefined };

async function ask(tui: Tui, id: number, question: GateQuestion): Promise<GateAnswer> {
  setTask(tui, id, (task) => ({ ...task, title: question.plan.title, state: 'asking' }));
  const answer = await askGate(tui, question);
  if (answer.answer === 'no') return answer;
  setTask(tui, id, (task) => ({ ...task, state: 'running' }));
  showTask(tui, id);
  return answer;
}

/** Steps and ends are shown at once, output and progress in batches. */
function eventSink(tui: Tui, id: number): { push(event: ActionEvent): void; flush(): void } {
  let pending: ActionEvent[] = [];
  let cancel: (() => void) | undefined;
  const flush = (): void => {
    cancel?.();
    cancel = undefined;
    const batch = pending;
    pending = [];
    if (batch.length === 0) return;
    const now = tui.clock.now();
    setTask(tui, id, (task) => batch.reduce((state, event) => applyEvent(state, event, now), task));
  };
  const push = (event: ActionEvent): void => {
    pending.push(event);
    if (event.event !== 'output' && event.event !== 'progress') flush();
    else cancel ??= after(tui.clock, OUTPUT_FLUSH_MS, flush);
  };
  return { push, flush };
}

/** A shell may end with any exit code; that is its own business. */
function endTask(tui: Tui, id: number, exitCode: number): void {
  const task = taskOf(tui, id);
  if (task)
    finish(tui, task, {
      state: 'done',
      message: exitCode === 0 ? (task.message ?? `${task.title}: done`) : `${task.title}: ended with ${exitCode}`,
    });
}

function failTask(tui: Tui, id: number, thrown: unknown): void {
  const task = taskOf(tui, id);
  const error = asDevctlError(thrown);
  if (!task) return;
  const isNo = error.kind === 'refused' || error.kind === 'cancelled';
  const stderr = error.command?.stderr ?? [];
  const output = task.output.length > 0 ? task.output : stderr;
  finish(tui, { ...task, hint: isNo ? undefined : error.hint, output }, { state: isNo ? 'cancelled' : 'failed', message: error.message });
}

function finish(tui: Tui, task: Task, end: { readonly state: 'done' | 'failed' | 'cancelled'; readonly message: string }): void {
  setTask(tui, task.id, () => ({ ...task, ...end, endedAt: task.endedAt ?? tui.clock.now() }));
  if (end.state === 'cancelled') closeTask(tui, task.id);
  if (tui.ui.getState().modes.some((mode) => isPaneOf(mode, task.id))) return;
  if (end.state === 'failed') toast(tui, `${end.message} ${tui.theme.signs.dot} T shows why`, 'bad');
  else toast(tui, end.message, end.state === 'done' ? 'good' : 'dim');
}

/** Nothing was done, so there is nothing to look at. */
function closeTask(tui: Tui, id: number): void {
  updateMode(tui.ui, (mode) => (isPaneOf(mode, id) ? undefined : mode));
}

function isPaneOf(mode: Mode, id: number): boolean {
  return mode.kind === 'task' && mode.task === id;
}

function taskOf(tui: Tui, id: number): Task | undefined {
  return tui.ui.getState().tasks.find((task) => task.id === id);
}

function setTask(tui: Tui, id: number, change: (task: Task) => Task): void {
  tui.ui.setState((state) => ({ tasks: state.tasks.map((task) => (task.id === id ? change(task) : task)) }));
}
