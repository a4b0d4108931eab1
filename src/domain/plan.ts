import type { StackIdentity } from './identity.ts';
import { highestRisk, type Risk } from './risk.ts';
import { compareText } from './text.ts';

/** What a step does to the world. The only vocabulary that execution knows. */
export type Effect =
  /** `docker compose <inputs> ARGV`, stdin closed. */
  | { readonly kind: 'compose'; readonly argv: readonly string[]; readonly allProfiles?: boolean }
  /** `docker compose <inputs> ARGV` with the user's terminal (exec, run, compose --). */
  | { readonly kind: 'compose-terminal'; readonly argv: readonly string[] }
  /** Puts a created, never started container on a volume, so that nobody else can remove it meanwhile. */
  | { readonly kind: 'hold-volume'; readonly volume: string }
  /** Releases that holder and removes the volume at once; fails when it is still in use. */
  | { readonly kind: 'remove-volume'; readonly volume: string }
  /** Releases a holder that an ended plan left behind. */
  | { readonly kind: 'release-volume'; readonly volume: string }
  | { readonly kind: 'remove-container'; readonly container: string; readonly name: string }
  /** Reads the world again and ends the run when it is not as the executed steps should have left it. */
  | { readonly kind: 'recheck'; readonly expect: Expectation }
  /** Waits until the services are up: healthy, running, or exited 0 for jobs. */
  | { readonly kind: 'wait'; readonly services: readonly string[]; readonly deadlineSeconds: number }
  /** The team's own command or a hook, on the host with the profile's environment. */
  | { readonly kind: 'host-command'; readonly command: string; readonly terminal: boolean }
  /** Changes what the gate asks on this machine; only ever answered at a terminal. */
  | { readonly kind: 'policy'; readonly change: 'unlock' | 'lock' | 'lower'; readonly profile: string; readonly seconds: number }
  /** Lets one plan of somebody else (an agent) through, once. */
  | { readonly kind: 'approve'; readonly planHash: string };

/** What a recheck compares with the engine. */
export interface Expectation {
  /** Volumes that must still be there, created at that very time (ISO 8601). */
  readonly volumes: readonly { readonly name: string; readonly createdAt: string }[];
  /** No container but holders may use these volumes any more. */
  readonly unused: readonly string[];
  /** No replica of a service of this project may be there any more; `down` exits 0 with leftovers. */
  readonly emptied: string | undefined;
}

export interface Step {
  /** From 1, in order of execution. */
  readonly id: number;
  /** e.g. `remove volume shop_pgdata` */
  readonly what: string;
  /** The cause, e.g. `--volumes`. */
  readonly why: string;
  /** Steps that must have ended before. */
  readonly after: readonly number[];
  readonly risk: Risk;
  readonly effect: Effect;
  /** Run when this step or a later one fails, last first. */
  readonly onFailure: readonly Step[];
}

export interface Loss {
  readonly kind: 'volume' | 'database' | 'container' | 'image' | 'file' | 'unknown';
  /** What people call it. */
  readonly name: string;
  /** What the engine calls it, where that is another word (anonymous volumes): with it the journal can find it again. */
  readonly reference?: string | undefined;
  /** Bytes, where known. */
  readonly bytes?: number | undefined;
  readonly detail: string;
  /** Id of the checkpoint that holds it. */
  readonly checkpoint?: string | undefined;
}

export interface Kept {
  readonly kind: 'volume' | 'bind' | 'image' | 'container' | 'network';
  readonly name: string;
  readonly why: string;
}

export interface Recovery {
  /** What to type to take it back; undefined when that is impossible. */
  readonly how: string | undefined;
  /** One sentence: how, or why not. */
  readonly detail: string;
}

export interface Plan {
  /** Action id, e.g. `stack.down`. */
  readonly action: string;
  /** Verb and object: `Delete 2 volumes of shop (dev)`. */
  readonly title: string;
  /** The verb of the button that accepts it: `Delete 2 volumes`. */
  readonly verb: string;
  readonly identity: StackIdentity;
  readonly steps: readonly Step[];
  readonly risk: Risk;
  /** One line per reason for the risk. */
  readonly reasons: readonly string[];
  readonly losses: readonly Loss[];
  readonly keeps: readonly Kept[];
  readonly recovery: Recovery;
  /** Something milder that may do, as a command line. */
  readonly safer: string | undefined;
  /** Whether a service that holds data is among what is touched. */
  readonly touchesData: boolean;
  /** The same as a command line without the flags that clear the gate. */
  readonly commandLine: string;
}

/** The worst risk of some steps, what they do on failure included. */
export function riskOfSteps(steps: readonly Step[]): Risk {
  return highestRisk(steps.flatMap((step) => [step.risk, riskOfSteps(step.onFailure)]));
}

/**
 * The text whose SHA-256 is the plan's hash: identity, steps with what they do on failure, and losses by name;
 * not times, sizes, or ids that devctl generates (design: the gate, Execution 1).
 */
export function planFingerprint(plan: Plan): string {
  const step = (one: Step): unknown => [one.id, one.what, one.after, stableEffect(one.effect), one.onFailure.map(step)];
  return JSON.stringify([
    plan.action,
    plan.identity,
    plan.risk,
    plan.steps.map(step),
    plan.losses.map((loss) => [loss.kind, loss.name, loss.reference]),
  ]);
}

/** The creation time of a volume belongs to the hash: a volume made anew since is another volume. */
function stableEffect(effect: Effect): unknown {
  return Object.entries(effect).sort(([a], [b]) => compareText(a, b));
}
