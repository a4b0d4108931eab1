import { formatDuration } from '#domain/duration.ts';
import { neutralise } from '#domain/text.ts';
import { isOver, type Task, type TaskState, type TaskStep } from '../tasks.ts';
import type { Role, Theme } from '../theme.ts';
import { type Line, line, padEnd, span, wrapText } from '../widgets/line.ts';

export interface TaskShape {
  readonly theme: Theme;
  readonly width: number;
  /** Rows that are seen: while it runs, the steps stay in view above the newest output. */
  readonly rows: number;
  readonly spinner: string;
}

/** A task as text: its steps with the docker command lines, what each resource says, how it ended, the output. */
export function formatTask(task: Task, shape: TaskShape): readonly Line[] {
  const head = [
    ...task.steps.flatMap((step) => formatStep(step, shape)),
    ...(task.steps.length === 0 && !isOver(task) ? [line(span(`${shape.spinner} ${STATE_WORDS[task.state]}`, 'attention'))] : []),
    ...task.warnings.flatMap((warning) => wrapped(warning, 'attention', shape.width)),
    ...endLines(task, shape),
  ];
  const output = outputLines(task, shape.width);
  return [...head, ...(isOver(task) ? output : output.slice(-Math.max(LEAST_OUTPUT, shape.rows - head.length)))];
}

const LEAST_OUTPUT = 4;

/** `running for 3 s`, `done in 12 s`. */
export function taskNote(task: Task, now: number): string {
  const seconds = ((task.endedAt ?? now) - task.startedAt) / 1000;
  return isOver(task)
    ? `${STATE_WORDS[task.state]} after ${formatDuration(seconds)}`
    : `${STATE_WORDS[task.state]}, ${formatDuration(seconds)}`;
}

const STATE_WORDS: Readonly<Record<TaskState, string>> = {
  waiting: 'waiting for what runs before',
  planning: 'looking at the stack',
  asking: 'asking',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'not done',
};

function formatStep(step: TaskStep, shape: { readonly theme: Theme; readonly width: number; readonly spinner: string }): readonly Line[] {
  const [sign, role] = stepLook(step, shape);
  const isShown = step.state !== 'waiting' && step.state !== 'done';
  return [
    line(span(`${sign} `, role), span(neutralise(step.what), step.state === 'waiting' ? 'dim' : 'plain')),
    ...(step.commandLine ? wrapText(`$ ${neutralise(step.commandLine)}`, shape.width - 2).map((row) => line('  ', span(row, 'dim'))) : []),
    ...(isShown ? Object.entries(step.progress).map(([id, said]) => progressLine(id, said, shape.theme)) : []),
  ];
}

function stepLook(step: TaskStep, shape: { readonly theme: Theme; readonly spinner: string }): readonly [string, Role] {
  const { signs } = shape.theme;
  switch (step.state) {
    case 'done':
      return [signs.done, 'good'];
    case 'failed':
      return [signs.failed, 'bad'];
    case 'running':
      return [shape.spinner, 'attention'];
    case 'waiting':
      return [signs.dot, 'dim'];
  }
}

function progressLine(id: string, said: { readonly text: string; readonly done: boolean }, theme: Theme): Line {
  return line(
    span(`    ${said.done ? theme.signs.done : theme.signs.dot} `, said.done ? 'good' : 'dim'),
    padEnd(neutralise(id), 32),
    ' ',
    span(neutralise(said.text), 'dim'),
  );
}

function outputLines(task: Task, width: number): readonly Line[] {
  if (task.output.length === 0) return [];
  return [[], ...task.output.flatMap((text) => wrapText(neutralise(text), width).map((row) => line(span(row, 'dim'))))];
}

function endLines(task: Task, shape: { readonly theme: Theme; readonly width: number }): readonly Line[] {
  if (!isOver(task) || task.message === undefined) return [];
  const role: Role = task.state === 'done' ? 'good' : task.state === 'failed' ? 'bad' : 'attention';
  const hint = task.hint ? wrapped(task.hint, 'plain', shape.width) : [];
  return [[], ...wrapped(task.message, role, shape.width), ...hint];
}

function wrapped(text: string, role: Role, width: number): readonly Line[] {
  return neutralise(text)
    .split('\n')
    .flatMap((part) => wrapText(part, width))
    .map((row) => line(span(row, role)));
}
