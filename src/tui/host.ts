import type { Action, ActionListener, Change } from '#actions/action.ts';
import type { Context } from '#actions/context.ts';
import type { GateAnswer, GateFlags, GateQuestion } from '#domain/gate.ts';
import type { SourceLocation } from '#domain/location.ts';
import type { Session } from '#session/session.ts';
import type { TerminalLender } from './runtime/lend.ts';
import type { Terminal } from './runtime/terminal.ts';
import type { ThemeName } from './theme.ts';

/** One profile that the UI works on: its live state, and what its actions need. */
export interface Stack {
  readonly session: Session;
  readonly context: Context;
}

/** Observe → plan → gate → execute → journal of one change (actions/run-change.ts, with the process's gate). Throws DevctlError; a No is `refused`. */
export type RunChange = (
  change: Change<unknown>,
  context: Context,
  options: unknown,
  how: RunChangeOptions,
) => Promise<{ readonly exitCode: number }>;

export interface RunChangeOptions {
  /** What clears the gate without asking; the terminal UI gives none. */
  readonly flags: GateFlags;
  readonly ask: (question: GateQuestion) => Promise<GateAnswer>;
  readonly listener: ActionListener;
  /** What the journal notes as typed. */
  readonly argv: readonly string[];
  readonly signal: AbortSignal;
}

/** Everything that the terminal UI gets from the composition root. */
export interface TuiOptions {
  readonly stack: Stack;
  /** Starts a session for another profile. The one that is left is stopped by the UI. Throws DevctlError. */
  openProfile(name: string): Promise<Stack>;
  /** Every action; loaded after the first frame. */
  loadActions(): Promise<readonly Action[]>;
  readonly runChange: RunChange;
  readonly terminal: Terminal;
  /** Wraps every process that wants the terminal (stdin `terminal`); main.ts routes them through it. */
  readonly lender: TerminalLender;
  /** Where a service is defined; undefined when its file cannot be read. */
  locate(stack: Stack, service: string): Promise<SourceLocation | undefined>;
  /** Opens the user's editor there, on the terminal that it was lent. Throws DevctlError when there is none. */
  edit(location: SourceLocation): Promise<void>;
  /** Whether profiles other than the shown one have running containers, by profile name. */
  runningProfiles(stack: Stack): Promise<Readonly<Record<string, number>>>;
  /** What was settled before the first frame (a change that a dead devctl left), in words. */
  readonly notices?: readonly string[];
  readonly version: string;
  readonly theme?: ThemeName | undefined;
}
