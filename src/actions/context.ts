import type { Compose, ComposeInputs } from '#docker/compose.ts';
import type { Engine } from '#docker/engine.ts';
import type { Profile, ProfileOrError, Project } from '#domain/profile.ts';
import type { Protection } from '#domain/protection.ts';
import type { Clock } from '#system/clock.ts';
import type { Files } from '#system/files.ts';
import type { Locations } from '#system/locations.ts';
import type { Locks } from '#system/locks.ts';
import type { Network } from '#system/network.ts';
import type { Processes } from '#system/processes.ts';
import type { Action } from './action.ts';
import type { Journal } from './journal.ts';
import type { Tickets } from './tickets.ts';
import type { Unlocks } from './unlocks.ts';

/** The outside world, as one run of devctl sees it; built by main.ts, replaced by tests. */
export interface Edges {
  /** devctl's own version. */
  readonly version: string;
  readonly processes: Processes;
  readonly files: Files;
  readonly clock: Clock;
  readonly network: Network;
  readonly locks: Locks;
  readonly locations: Locations;
  /** devctl's own environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Standard input, output and error are all a terminal, so that a program may take it over. */
  readonly isTerminal: boolean;
  /** Connects to the engine of a profile. Cheap: nothing is asked yet. */
  engineFor(profile: Profile): Promise<Engine>;
  composeFor(profile: Profile): Promise<Compose>;
}

/** What an action works on: one profile of one project, with its edges. Parts are made when first asked for. */
export interface Context {
  readonly edges: Edges;
  /** Throws `usage` outside a project. */
  project(): Promise<Project>;
  /** All profiles of the project, broken ones left out with their error. */
  profiles(): Promise<readonly ProfileOrError[]>;
  /** The chosen profile. Throws `usage` with a suggestion. */
  profile(): Promise<Profile>;
  engine(): Promise<Engine>;
  compose(): Promise<Compose>;
  /** Throws `usage` for a host-only profile. */
  inputs(): Promise<ComposeInputs>;
  /** Starts reading what every plan needs, so that it is there when the plan asks; waits for nothing, fails never. */
  readAhead(): void;
  /** Strictest of all that applies. */
  protection(): Promise<Protection>;
  /** What this machine remembers of the stack; asks the engine for its id. */
  state(): Promise<StackState>;
  /** Reads a devctl command line (without `devctl`); given by the face that can. Throws `usage`. */
  readCommandLine?(words: readonly string[]): Promise<CommandLine>;
}

/** A command line that was read: an action and its options, and the context that its root options ask for. */
export interface CommandLine {
  readonly action: Action;
  readonly options: unknown;
  readonly context: Context;
}

/** What this machine remembers of one stack, outside the project. */
export interface StackState {
  /** `<engine id>-<project name>` */
  readonly key: string;
  readonly journal: Journal;
  /** Plans that were shown and may be used once with `--plan`. */
  readonly tickets: Tickets;
  /** Plans that a person approved for an agent. */
  readonly approvals: Tickets;
  readonly unlocks: Unlocks;
}

export type { ProfileOrError };
