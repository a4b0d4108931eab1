import { formatBytes } from '#domain/size.ts';
import { neutralise, neutraliseKeepingColour } from '#domain/text.ts';
import type { Paint } from './action.ts';
import type { PlanDocument } from './plan-document.ts';

/**
 * The preview of a plan, one text for `devctl plan`, the question and the refusal: what it does, what is lost, what is
 * kept, how to get it back, and the command line that is the same.
 */
export function formatPlan(plan: PlanDocument, paint: Paint): readonly string[] {
  const lines = [
    paint.strong(plan.title),
    ...rows('Risk', [paintRisk(plan, paint), ...plan.reasons], paint),
    ...rows('Lost', plan.losses.map(formatLoss), paint),
    ...rows(
      'Kept',
      plan.keeps.map((kept) => `${kept.name} (${kept.why})`),
      paint,
    ),
    ...rows(
      'Steps',
      plan.steps.map((step) => `${step.id}. ${step.what}${step.why ? paint.dim(` (${step.why})`) : ''}`),
      paint,
    ),
    ...rows('Undo', [plan.recovery.how ?? plan.recovery.detail], paint),
  ];
  return [...lines.map(safeLine), `  ${paint.dim('$')} ${neutralise(plan.command)}`];
}

/** What the gate would want for it, in one line. */
export function formatDemand({ gate, identity, command }: PlanDocument): string {
  switch (gate.answer) {
    case 'none':
      return 'Runs without a question.';
    case 'yes':
      return `Asks yes or no; without a terminal: ${command} ${gate.allow ?? ''}`;
    case 'type':
      return `Wants "${gate.phrase}" typed; without a terminal: ${gate.allow ? `${command} ${gate.allow}` : 'never'}`;
    case 'unlock':
      return `Refused until: devctl policy unlock ${identity.profile} --for 10m`;
  }
}

function rows(label: string, texts: readonly string[], paint: Paint): readonly string[] {
  return texts.filter((text) => text !== '').map((text, index) => `  ${paint.dim((index === 0 ? label : '').padEnd(6))} ${text}`);
}

function paintRisk({ risk }: PlanDocument, paint: Paint): string {
  if (risk === 'none') return paint.good(risk);
  return risk === 'interrupts' || risk === 'recreates' ? paint.attention(risk) : paint.bad(risk);
}

function formatLoss(loss: PlanDocument['losses'][number]): string {
  const size = loss.bytes === null ? undefined : formatBytes(loss.bytes);
  const facts = [size, loss.detail, loss.checkpoint ? `checkpoint ${loss.checkpoint}` : undefined].filter(Boolean).join(', ');
  return facts === '' ? `${loss.kind} ${loss.name}` : `${loss.kind} ${loss.name}: ${facts}`;
}

/** A line stays one line, whatever names say; colours of our own stay. */
function safeLine(line: string): string {
  return neutraliseKeepingColour(line).replaceAll('\n', ' ');
}
