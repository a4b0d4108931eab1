import type { ActionEntry, Paint } from '#actions/action.ts';
import type { Context, Edges } from '#actions/context.ts';
import type { Gate } from '#actions/gate.ts';
import { terminalAbilities } from '#system/terminal.ts';
import { createPaint } from './paint.ts';
import type { RootOptions } from './root-options.ts';
import type { Output, OutputStream, Streams } from './streams.ts';

/** The program around a command line, as main.ts or a test builds it. */
export interface Program {
  readonly edges: Edges;
  readonly streams: Streams;
  readonly gate: Gate;
  /** Aborted by SIGINT or SIGTERM; its reason is the exit code (130, 143). */
  readonly interrupted: AbortSignal;
  openContext(request: ContextRequest): Context;
  /** Opens the terminal UI, to its exit code; undefined where none can be shown. */
  openUi?(): Promise<number>;
  /** The list of actions; tests bring their own. */
  readonly actions?: readonly ActionEntry[];
}

/** Which profile of which project; undefined: as found. */
export interface ContextRequest {
  readonly profile: string | undefined;
  readonly directory: string | undefined;
  /** Whether a person sits at a terminal, so that the last used profile counts. */
  readonly atTerminal: boolean;
}

/** Everything that running one command needs of the face. */
export interface Face {
  readonly program: Program;
  readonly argv: readonly string[];
  readonly root: RootOptions;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborted by an interruption, or when nobody reads the output any more. */
  readonly signal: AbortSignal;
}

/** Colours and width of one of the program's streams. */
export function paintFor(
  { program, root }: { readonly program: Program; readonly root: Pick<RootOptions, 'plain'> },
  stream: OutputStream,
): Paint {
  const { colourDepth, columns } = terminalAbilities(program.edges.env, { ...program.streams, stdout: stream });
  return createPaint(root.plain ? 1 : colourDepth, columns);
}
