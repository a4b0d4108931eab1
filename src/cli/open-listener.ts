import type { Change } from '#actions/action.ts';
import type { ActionListener } from '#domain/event.ts';
import { type Face, paintFor } from './face.ts';
import { createJsonListener } from './listeners/json.ts';
import { createPlainListener } from './listeners/plain.ts';
import { createTerminalListener } from './listeners/terminal.ts';

/** A listener and what ends it; call `close` before anything else writes. */
export interface OpenListener {
  readonly listener: ActionListener;
  close(): void;
}

/** JSON lines, a live terminal, or plain lines. Around a program inside a container only warnings, on standard error. */
export function openListener(action: Change<unknown>, face: Face): OpenListener {
  const { root, program, stdout, stderr } = face;
  if (root.json) return { listener: createJsonListener(stdout.line), close: () => undefined };
  const style = (stream: typeof program.streams.stdout) => ({
    paint: paintFor(face, stream),
    quiet: root.quiet,
    verbose: root.verbose,
    now: program.edges.clock.monotonic,
  });
  if (action.innerExitCode)
    return { listener: warningsOnly(createPlainListener(stderr.line, style(program.streams.stderr))), close: () => undefined };
  if (isLive(face)) {
    const { columns = 80, rows = 24 } = program.streams.stderr;
    const terminal = { write: stderr.raw, columns, rows };
    return createTerminalListener(terminal, style(program.streams.stderr));
  }
  return { listener: createPlainListener(stdout.line, style(program.streams.stdout)), close: () => undefined };
}

function isLive({ root, program }: Face): boolean {
  const { stdout, stderr } = program.streams;
  return !root.plain && stdout.isTTY === true && stderr.isTTY === true && program.edges.env.TERM !== 'dumb';
}

function warningsOnly(listener: ActionListener): ActionListener {
  return (event) => {
    if (event.event === 'warning') listener(event);
  };
}
