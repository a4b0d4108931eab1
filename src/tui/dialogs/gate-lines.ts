import type { GateQuestion } from '#domain/gate.ts';
import type { Loss, Plan } from '#domain/plan.ts';
import { formatBytes } from '#domain/size.ts';
import { neutralise } from '#domain/text.ts';
import type { Theme } from '../theme.ts';
import { type Line, line, padEnd, padStart, span, wrapText } from '../widgets/line.ts';

/** What is lost, removed and kept, why, what is done first and how it is undone: the part of the dialog that scrolls. */
export function formatConsequences(question: GateQuestion, theme: Theme, width: number): readonly Line[] {
  const { plan } = question;
  const data = plan.losses.filter(isData).flatMap((loss) => formatLoss(loss, theme, width));
  return [
    ...data,
    ...(data.length > 0 ? [[]] : []),
    ...row('Also lost', listOf(plan.losses.filter((loss) => !isData(loss)).map(nameWithDetail)), width),
    ...row('Why asked', plan.reasons.join('; '), width),
    ...row(
      'Does',
      plan.steps
        .filter((step) => step.effect.kind !== 'recheck')
        .map((step) => step.what)
        .join(', then '),
      width,
    ),
    ...row('Kept', listOf(plan.keeps.map((kept) => `${kept.name} (${kept.why})`)), width),
    ...row('Undo', undoOf(plan), width),
    ...row('Safer', plan.safer ?? '', width),
  ];
}

/** The command line that would do the same, flags that clear the gate included. */
export function formatCommandLine(question: GateQuestion): string {
  return [question.plan.commandLine, question.allow ?? ''].filter((part) => part !== '').join(' ');
}

function isData(loss: Loss): boolean {
  return loss.kind === 'volume' || loss.kind === 'database';
}

/** Name and size stand out; what is in it, who wrote it and its checkpoint follow, indented. */
function formatLoss(loss: Loss, theme: Theme, width: number): readonly Line[] {
  const size = loss.bytes === undefined ? '' : formatBytes(loss.bytes);
  const name = padEnd(neutralise(loss.name), LABEL_COLUMNS);
  const head = `${name} ${padStart(size, 7)}`;
  const details = wrapText(neutralise(withoutSize(loss.detail, size)), Math.max(10, width - LABEL_COLUMNS - 10));
  const first: Line = line(span(name, 'strong'), ' ', span(padStart(size, 7)), '  ', details[0] ?? '');
  const rest = details.slice(1).map((text) => line(' '.repeat(head.length + 2), span(text, 'dim')));
  return [first, ...rest, ...checkpointLine(loss, theme, head.length + 2)];
}

/** The size has a column of its own. */
function withoutSize(detail: string, size: string): string {
  return size !== '' && detail.startsWith(`${size} · `) ? detail.slice(size.length + 3) : detail;
}

function checkpointLine(loss: Loss, theme: Theme, indent: number): readonly Line[] {
  return loss.checkpoint === undefined
    ? []
    : [line(' '.repeat(indent), span(`in checkpoint ${loss.checkpoint} ${theme.signs.done}`, 'good'))];
}

function nameWithDetail(loss: Loss): string {
  return loss.detail === '' ? loss.name : `${loss.name} (${loss.detail})`;
}

function listOf(names: readonly string[]): string {
  return names.join(', ');
}

function undoOf(plan: Plan): string {
  return plan.recovery.how === undefined ? plan.recovery.detail : `${plan.recovery.how} (${plan.recovery.detail})`;
}

function row(label: string, text: string, width: number): readonly Line[] {
  if (text === '') return [];
  const rows = wrapText(neutralise(text), Math.max(10, width - LABEL_COLUMNS - 1));
  return rows.map((part, index) => line(span(padEnd(index === 0 ? label : '', LABEL_COLUMNS), 'dim'), ' ', part));
}

const LABEL_COLUMNS = 14;
