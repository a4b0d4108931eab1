import type { Clearance } from '#domain/clearance.ts';
import type { ComposeModel } from '#domain/model.ts';
import type { Step } from '#domain/plan.ts';
import type { ProcessResult } from '#system/processes.ts';
import type { Endpoint } from './endpoint.ts';

/** Every input of a compose call, explicit (reference: compose-wrapping §0). All paths absolute. */
export interface ComposeInputs {
  readonly endpoint: Endpoint;
  readonly projectName: string;
  readonly projectDirectory: string;
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
  readonly profiles: readonly string[];
  /** Variables of devctl's own environment that go through (profile's `env.pass`), with their values. */
  readonly pass: Readonly<Record<string, string>>;
}

export interface ComposeRunOptions {
  /** Use `--profile '*'` instead of the inputs' profiles (as `down` must). */
  readonly allProfiles?: boolean;
  /** Complete output lines, unparsed. */
  readonly onLine?: (stream: 'stdout' | 'stderr', line: string) => void;
  /** Progress of one resource, parsed from either spelling of `--progress json`, or from plain lines before 2.29. */
  readonly onProgress?: (progress: { readonly id: string; readonly text: string; readonly done: boolean }) => void;
  readonly onStart?: (child: { readonly pid: number; readonly startTicks: string }) => void;
  readonly outputFile?: string;
  readonly signal?: AbortSignal;
}

/** The `docker compose` command line. */
export interface Compose {
  /** Version of the plugin; throws `environment` when it is missing or older than 2.26.1. Cached. */
  version(): Promise<ComposeVersion>;
  /** The merged model; throws `usage` with compose's own words, the file set, and the profile's files. Cached by content. */
  model(inputs: ComposeInputs, options?: { readonly allProfiles?: boolean }): Promise<ComposeModel>;
  /**
   * The model of these inputs when it is in the cache and still true (files, environment, version), without running anything.
   * Without what may hold a secret: values of `environment`, commands, health tests, labels and options of volumes.
   */
  cachedModel(inputs: ComposeInputs, options?: { readonly allProfiles?: boolean }): Promise<ComposeModel | undefined>;
  /** The config as text, for `devctl config`. */
  configText(inputs: ComposeInputs, options: { readonly format: 'yaml' | 'json'; readonly interpolate: boolean }): Promise<string>;
  /** Service → config hash, for drift. */
  hashes(inputs: ComposeInputs): Promise<Readonly<Record<string, string>>>;
  /** Service → SHA-256 of its normalised, interpolated definition, for telling drift across compose versions; always runs compose. */
  fingerprints(inputs: ComposeInputs): Promise<Readonly<Record<string, string>>>;
  /** Runs a verb that changes something; asks the register of clearances first. */
  run(
    clearance: Clearance,
    step: Step,
    inputs: ComposeInputs,
    argv: readonly string[],
    options?: ComposeRunOptions,
  ): Promise<ProcessResult>;
  /** Runs a verb with the user's terminal; asks the register of clearances first. */
  runInTerminal(clearance: Clearance, step: Step, inputs: ComposeInputs, argv: readonly string[]): Promise<ProcessResult>;
  /** The whole argv, `docker` first, for showing (`$ docker compose …`). */
  commandLine(inputs: ComposeInputs, argv: readonly string[]): readonly string[];
}

export interface ComposeVersion {
  /** As it printed it, e.g. `2.26.1-4`. */
  readonly text: string;
  readonly facts: ComposeFacts;
}

/** What the version that answered can do; the table is docker/versions.ts. */
export interface ComposeFacts {
  readonly progressJson: boolean;
  /** `up` may ask "Recreate (data will be lost)?" and labels volumes with a config hash. */
  readonly volumeRecreatePrompt: boolean;
  /** JSON progress has `status` Working, Done, Warning or Error and the words in `text`. */
  readonly progressStates: boolean;
}
