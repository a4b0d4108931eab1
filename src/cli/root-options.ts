/** What stands before the command, or anywhere after it, and means the same for all commands. */
export interface RootOptions {
  readonly profile: string | undefined;
  readonly directory: string | undefined;
  readonly json: boolean;
  readonly plain: boolean;
  /** False: nothing is ever asked. */
  readonly input: boolean;
  readonly yes: boolean;
  readonly confirm: string | undefined;
  /** Hash of a plan that was shown. */
  readonly plan: string | undefined;
  readonly reason: string | undefined;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

/** One root option as the parser and the help need it. */
export interface RootFlag {
  readonly key: keyof RootOptions;
  readonly long: string;
  readonly short?: string;
  readonly value?: string;
  readonly description: string;
}

/** In the order in which help shows them. */
export const ROOT_FLAGS: readonly RootFlag[] = [
  { key: 'profile', long: '--profile', short: '-p', value: 'PROFILE', description: 'profile to work on' },
  { key: 'directory', long: '--directory', short: '-C', value: 'DIR', description: 'look for the project from here' },
  { key: 'json', long: '--json', description: 'one JSON document, or JSON lines of events, on stdout' },
  { key: 'plain', long: '--plain', description: 'lines only: no cursor movement, no colour' },
  { key: 'input', long: '--no-input', description: 'never ask anything' },
  { key: 'yes', long: '--yes', description: 'answer yes to what asks yes or no (never deletes data)' },
  { key: 'confirm', long: '--confirm', value: 'PHRASE', description: 'the phrase that the question would want typed' },
  { key: 'plan', long: '--plan', value: 'HASH', description: 'clear exactly the plan that `devctl plan` showed' },
  { key: 'reason', long: '--reason', value: 'TEXT', description: 'why; goes into the journal' },
  { key: 'verbose', long: '--verbose', description: 'more detail, and stack traces of errors' },
  { key: 'quiet', long: '--quiet', description: 'errors and results only' },
];

/** The values of the root options as the parser left them in a bag. */
export function readRootOptions(bag: Readonly<Record<string, unknown>>): RootOptions {
  const text = (key: string): string | undefined => (typeof bag[key] === 'string' ? bag[key] : undefined);
  return {
    profile: text('profile'),
    directory: text('directory'),
    json: bag.json === true,
    plain: bag.plain === true,
    input: bag.input !== false,
    yes: bag.yes === true,
    confirm: text('confirm'),
    plan: text('plan'),
    reason: text('reason'),
    verbose: bag.verbose === true,
    quiet: bag.quiet === true,
  };
}
