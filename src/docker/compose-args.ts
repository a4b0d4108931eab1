import { devNull } from 'node:os';
import type { ComposeFacts, ComposeInputs } from './compose.ts';

/** How a call prints and which compose profiles are on. */
export interface ComposeArgsOptions {
  /** `--profile '*'` instead of the inputs' profiles. */
  readonly allProfiles?: boolean;
  /** undefined: nobody parses the output (the user's terminal, a line to show). */
  readonly facts?: ComposeFacts;
}

/** Arguments behind `docker`, every input named (reference: compose-wrapping §0). */
export function buildComposeArgs(inputs: ComposeInputs, argv: readonly string[], options: ComposeArgsOptions = {}): readonly string[] {
  const { projectName, projectDirectory, files, envFiles } = inputs;
  const profiles = options.allProfiles ? ['*'] : inputs.profiles;
  return [
    'compose',
    ...['--project-name', projectName, '--project-directory', projectDirectory],
    ...files.flatMap((file) => ['--file', file]),
    // A stray .env is read unless some env file is named: the profile alone says which ones count.
    ...(envFiles.length > 0 ? envFiles : [devNull]).flatMap((file) => ['--env-file', file]),
    ...profiles.flatMap((profile) => ['--profile', profile]),
    ...outputArgs(options.facts),
    ...argv,
  ];
}

function outputArgs(facts: ComposeFacts | undefined): readonly string[] {
  if (!facts) return [];
  return ['--ansi', 'never', '--progress', facts.progressJson ? 'json' : 'plain'];
}

/** The whole command line for showing. The engine is named only where a plain `docker` would reach another one. */
export function buildCommandLine(inputs: ComposeInputs, argv: readonly string[]): readonly string[] {
  return ['docker', ...engineArgs(inputs), ...buildComposeArgs(inputs, argv)];
}

function engineArgs({ endpoint }: ComposeInputs): readonly string[] {
  if (endpoint.decidedBy !== 'profile') return [];
  return endpoint.context === 'default' ? ['--host', endpoint.host] : ['--context', endpoint.context];
}
