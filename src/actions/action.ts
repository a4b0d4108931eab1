import type { ZodType } from 'zod';
import type { ActionListener } from '#domain/event.ts';
import type { Plan } from '#domain/plan.ts';
import type { SessionState } from '#session/state.ts';
import type { Context } from './context.ts';

/** Something a user can do. Declared once; commands, keys, menus, palette and help are made from it. */
export type Action<O = unknown> = Change<O> | Query<O> | Stream<O>;

interface Declaration<O> {
  /** `stack.down`; the group is what stands before the dot. */
  readonly id: string;
  /** Words after `devctl`, e.g. `down`, `profiles list`. */
  readonly command: string;
  /** Verb and object, sentence case, for menus. */
  readonly title: string;
  /** One line for help. */
  readonly summary: string;
  readonly examples: readonly string[];
  readonly key?: ActionKey;
  /** One schema: CLI flags, TUI form, JSON input. Keys are camelCase flag names; `meta({short, positional, value})` says the rest. */
  readonly options: ZodType<O>;
  /** Why it cannot run now, for greyed-out entries; undefined when it can. */
  unavailable(state: SessionState): string | undefined;
}

/** What `.meta({…})` of an option's schema may say; `.describe()` is its line in help. */
export interface OptionMeta {
  /** One letter: `v` gives `-v`. */
  readonly short?: string;
  /** A word after the command instead of a flag; in the order of the schema. An array takes all that follow. */
  readonly positional?: boolean;
  /** Placeholder in help: `SECONDS`. */
  readonly value?: string;
  /** Taken, but not shown in help. */
  readonly hidden?: boolean;
}

export interface ActionKey {
  readonly scope: 'global' | 'stack';
  readonly key: string;
  /** Applies to the selected service: its name is given as `services: [name]`. */
  readonly selection: boolean;
}

/** Changes the world: observe → plan → gate → execute → journal. */
export interface Change<O> extends Declaration<O> {
  readonly kind: 'change';
  /** Reads only; what it read goes into the plan. */
  plan(context: Context, options: O): Promise<Plan>;
  /** The context to work in, when the options name another profile than the chosen one. */
  scope?(context: Context, options: O): Promise<Context>;
  /** Contexts in which the same change must be done (and be up) first: the profile's `requires`. */
  before?(context: Context): Promise<readonly Context[]>;
  /** Under the lock, after all steps are done. */
  after?(context: Context): Promise<void>;
  /** For exec, run, shell, compose: the process's exit code is the command's. */
  readonly innerExitCode?: boolean;
  /** What is said when it ends well. */
  done(plan: Plan): string;
}

/** Answers once, and changes nothing. */
export interface Query<O, R = unknown> extends Declaration<O> {
  readonly kind: 'query';
  read(context: Context, options: O): Promise<R>;
  /** The document for `--json`, `{"schema":1,…}`. */
  document(result: R): Readonly<Record<string, unknown>>;
  /** Lines for people; `width` in columns, `colour` through these functions only. */
  lines(result: R, paint: Paint): readonly string[];
  /** 0 unless e.g. something is unhealthy. */
  exitCode?(result: R): number;
  /** The lines are for the terminal itself: control sequences in them stay. */
  readonly raw?: boolean;
}

/** Goes on until it ends or is interrupted, and changes nothing (logs -f, events, stats). */
export interface Stream<O, R = unknown> extends Declaration<O> {
  readonly kind: 'stream';
  follow(context: Context, options: O, emit: (item: R) => void, signal: AbortSignal): Promise<void>;
  document(item: R): Readonly<Record<string, unknown>>;
  line(item: R, paint: Paint): string | undefined;
}

/** Roles of text, not colours; the face decides how each looks. */
export interface Paint {
  readonly width: number;
  /** False: text of containers must not bring its own colours either. */
  readonly colour: boolean;
  good(text: string): string;
  bad(text: string): string;
  attention(text: string): string;
  dim(text: string): string;
  strong(text: string): string;
  accent(text: string): string;
}

export type { ActionListener };

/** How an action stands in the list: enough to find its command without loading it. */
export interface ActionEntry {
  readonly id: string;
  readonly command: string;
  load(): Promise<Action>;
}
