import type { Action, Change, Paint, Query, Stream } from '#actions/action.ts';
import type { Context } from '#actions/context.ts';
import { EXIT_CODES } from '#domain/error.ts';
import type { GateAnswer, GateQuestion } from '#domain/gate.ts';
import { neutralise, neutraliseKeepingColour } from '#domain/text.ts';
import { canAsk } from './can-ask.ts';
import { type Face, paintFor } from './face.ts';
import { readOptions } from './read-options.ts';

/** Runs one action with the words that were parsed, to its exit code. Throws DevctlError. */
export async function runAction(action: Action, raw: Readonly<Record<string, unknown>>, face: Face): Promise<number> {
  const options = readOptions(action, raw);
  const context = openContext(face);
  switch (action.kind) {
    case 'query':
      return unlessAborted(runQuery(action, context, options, face), face.signal);
    case 'stream':
      return runStream(action, context, options, face);
    case 'change':
      return runOneChange(action, context, options, face);
  }
}

/** The context of the root options, able to read command lines for `plan`. */
function openContext({ program, root }: Face): Context {
  const atTerminal = canAsk(program.streams) && root.input;
  const context = program.openContext({ profile: root.profile, directory: root.directory, atTerminal });
  return {
    ...context,
    readCommandLine: async (words) => (await import('./read-command-line.ts')).readCommandLine(words, program, context),
  };
}

async function runQuery(action: Query<unknown>, context: Context, options: unknown, face: Face): Promise<number> {
  const result = await action.read(context, options);
  const paint = paintFor(face, face.program.streams.stdout);
  if (face.root.json) face.stdout.line(formatDocument(action.document(result), face));
  else for (const line of action.lines(result, paint)) face.stdout.line(action.raw ? line : safe(line, paint));
  return action.exitCode?.(result) ?? 0;
}

async function runStream(action: Stream<unknown>, context: Context, options: unknown, face: Face): Promise<number> {
  const paint = paintFor(face, face.program.streams.stdout);
  const print = (item: unknown): void => {
    const text = face.root.json ? JSON.stringify(action.document(item)) : action.line(item, paint);
    if (text !== undefined) face.stdout.line(face.root.json ? text : safe(text, paint));
  };
  await action.follow(context, options, print, face.signal);
  return 0;
}

/** Only a change loads the gate and its listeners. */
async function runOneChange(action: Change<unknown>, context: Context, options: unknown, face: Face): Promise<number> {
  const [{ runChange }, { openListener }, { askInTerminal }] = await Promise.all([
    import('#actions/run-change.ts'),
    import('./open-listener.ts'),
    import('./ask.ts'),
  ]);
  const { program, root, argv, signal } = face;
  const paint = paintFor(face, program.streams.stderr);
  const { listener, close } = openListener(action, face);
  const ask = async (question: GateQuestion): Promise<GateAnswer> => {
    await Promise.all([face.stdout.flush(), face.stderr.flush()]);
    return askInTerminal(question, program.streams, program.edges.clock, paint);
  };
  try {
    const { exitCode } = await runChange(action, context, options, {
      flags: { yes: root.yes, confirm: root.confirm, planHash: root.plan, reason: root.reason },
      ask: canAsk(program.streams) && root.input ? ask : undefined,
      listener,
      argv: ['devctl', ...argv],
      signal,
      gate: program.gate,
    });
    return exitCode;
  } finally {
    close();
  }
}

/** Names and texts from files and containers cannot steer the terminal, whatever an action lets through. */
function safe(line: string, paint: Paint): string {
  return paint.colour ? neutraliseKeepingColour(line) : neutralise(line);
}

/** Indented for eyes, on one line for programs. */
function formatDocument(document: Readonly<Record<string, unknown>>, face: Face): string {
  return JSON.stringify(document, undefined, face.program.streams.stdout.isTTY ? 2 : undefined);
}

/** A query that hangs can be left at once; what it gives by then does not matter. */
function unlessAborted(running: Promise<number>, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) resolve(EXIT_CODES.cancelled);
    signal.addEventListener('abort', () => resolve(EXIT_CODES.cancelled), { once: true });
    running.then(resolve, reject);
  });
}
