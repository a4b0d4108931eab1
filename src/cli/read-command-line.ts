import type { CommandLine, Context } from '#actions/context.ts';
import { ACTIONS } from '#actions/index.ts';
import { DevctlError } from '#domain/error.ts';
import { parseWords } from './build-command.ts';
import type { Program } from './face.ts';
import { readOptions } from './read-options.ts';
import { readRootOptions } from './root-options.ts';
import { findCommand } from './typed-command.ts';

/** Reads a devctl command line (without `devctl`) into an action and its options. Throws `usage` as the command itself would. */
export async function readCommandLine(words: readonly string[], program: Program, outer: Context): Promise<CommandLine> {
  const typed = findCommand(words, program.actions ?? ACTIONS);
  if (typed.kind !== 'action')
    throw new DevctlError('usage', `"${words.join(' ')}" is no command.`, { hint: 'devctl help lists all commands.' });
  const action = await typed.entry.load();
  const parsed = parseWords(action, typed.before, typed.after);
  const { profile, directory } = readRootOptions(parsed.root);
  const isSameStack = profile === undefined && directory === undefined;
  const context = isSameStack ? outer : program.openContext({ profile, directory, atTerminal: program.edges.isTerminal });
  return { action, options: readOptions(action, parsed.options), context };
}
