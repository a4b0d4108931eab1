import type { Stacks } from './stacks.ts';

/** One thing that is measured; may give several rows. */
export interface Bench {
  /** For `--only`. */
  readonly name: string;
  run(setup: Setup): Promise<readonly Row[]>;
}

/** What every bench works with. */
export interface Setup {
  /** `bin/devctl` of the build that is measured. */
  readonly devctl: string;
  /** A new user's environment, with a home, temporary files and caches of its own. */
  readonly env: Readonly<Record<string, string>>;
  readonly stacks: Stacks;
  /** Few repetitions and short times: to see that it works. */
  readonly quick: boolean;
  /** Directory for files of this run; removed at its end. */
  readonly home: string;
  say(progress: string): void;
}

/** One line of the result, as it is printed. */
export interface Row {
  readonly what: string;
  readonly value: string;
  /** What it is compared with, measured in the same run unless it says otherwise. */
  readonly reference: string;
  readonly ratio: string;
  readonly budget: string;
  /** undefined: there is no budget. */
  readonly met: boolean | undefined;
}
