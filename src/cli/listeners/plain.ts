import type { Paint } from '#actions/action.ts';
import type { ActionEvent, ActionListener } from '#domain/event.ts';
import { neutralise } from '#domain/text.ts';
import { formatMilliseconds } from '../milliseconds.ts';

/** How much the plain listener says. */
export interface PlainStyle {
  readonly paint: Paint;
  /** Only warnings and the end. */
  readonly quiet: boolean;
  /** Every state of every resource, not only the last. */
  readonly verbose: boolean;
  /** Milliseconds, never going back. */
  now(): number;
}

/** Long work says so at least this often, so that a CI log does not look dead. */
const SIGN_OF_LIFE_MS = 5000;

/** Lines that read well in a CI log: no cursor movement, one line per thing that happened. */
export function createPlainListener(line: (text: string) => void, style: PlainStyle): ActionListener {
  let steps = 0;
  let spokeAt = style.now();
  return (event) => {
    if (event.event === 'started') steps = event.plan.steps.length;
    const isOverdue = style.now() - spokeAt >= SIGN_OF_LIFE_MS;
    for (const text of formatEvent(event, steps, isOverdue ? { ...style, verbose: true } : style)) {
      spokeAt = style.now();
      line(text);
    }
  };
}

function formatEvent(event: ActionEvent, steps: number, { paint, quiet, verbose }: Omit<PlainStyle, 'now'>): readonly string[] {
  switch (event.event) {
    case 'started':
      return quiet ? [] : [paint.strong(event.plan.title)];
    case 'step':
      return quiet || event.state !== 'begin' || steps < 2 ? [] : [`${paint.dim(`[${event.step}/${event.of}]`)} ${neutralise(event.what)}`];
    case 'output':
      return quiet ? [] : [`  ${paint.dim('│')} ${neutralise(event.line)}`];
    case 'progress':
      return quiet || !(event.done || verbose) ? [] : [`  ${neutralise(event.id)}  ${neutralise(event.text)}`];
    case 'warning':
      return event.message.split('\n').map((text, index) => `${index === 0 ? paint.attention('!') : ' '} ${neutralise(text)}`);
    case 'done':
      return [`${paint.good('✔')} ${neutralise(event.message)} ${paint.dim(`(${formatMilliseconds(event.durationMs)})`)}`];
    case 'failed':
      return []; // the error itself is printed when the command ends
  }
}
