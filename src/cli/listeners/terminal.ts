import type { ActionEvent, ActionListener } from '#domain/event.ts';
import { neutralise } from '#domain/text.ts';
import { createPlainListener, type PlainStyle } from './plain.ts';

/** A terminal of which the lowest lines are drawn anew. */
export interface LiveTerminal {
  /** Escape sequences included, no line end added. */
  write(text: string): void;
  readonly columns: number;
  readonly rows: number;
}

/**
 * Progress on a terminal: everything that the plain listener says scrolls up, and below it stands one line per resource
 * that is under way, drawn in place. `close` leaves their last state behind; call it before anything else writes.
 */
export function createTerminalListener(terminal: LiveTerminal, style: PlainStyle): { readonly listener: ActionListener; close(): void } {
  const live = new Map<string, string>();
  let drawn = 0;
  const erase = (): string => (drawn === 0 ? '' : `\u001b[${drawn}A\u001b[0J`);
  const draw = (above: readonly string[]): void => {
    const below = formatLive(live, terminal, style);
    terminal.write(erase() + [...above, ...below].map((line) => `${line}\n`).join(''));
    drawn = below.length;
  };
  const plain = createPlainListener((line) => draw([line]), style);
  return {
    listener: (event) => {
      if (event.event === 'progress' && !style.quiet) return update(event);
      if (event.event === 'output' && style.quiet) return;
      plain(event);
    },
    close: () => {
      live.clear();
      draw([]);
    },
  };
  function update(event: Extract<ActionEvent, { event: 'progress' }>): void {
    const text = `  ${neutralise(event.id)}  ${neutralise(event.text)}`;
    if (live.get(event.id) === text && !event.done) return;
    live.set(event.id, text);
    if (event.done) live.delete(event.id);
    if (!event.done) draw([]);
    else draw([`  ${style.paint.good('✔')} ${neutralise(event.id)}  ${style.paint.dim(neutralise(event.text))}`]);
  }
}

/** As many as fit with room to spare, newest last, each cut to one line. */
function formatLive(live: ReadonlyMap<string, string>, { columns, rows }: LiveTerminal, { paint }: PlainStyle): readonly string[] {
  const lines = [...live.values()].slice(-Math.max(1, Math.min(12, rows - 4)));
  return lines.map((line) => paint.dim(cut(line, columns - 1)));
}

function cut(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}
