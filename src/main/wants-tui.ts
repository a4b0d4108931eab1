import type { Edges } from '#actions/context.ts';
import type { ContextWish } from './open-context.ts';

/** What the terminal UI is to open, when the command line asks for it: no command, a terminal, nothing but -p and -C. */
export function wantsTui(argv: readonly string[], { isTerminal, env }: Edges): ContextWish | undefined {
  if (!isTerminal || env.TERM === 'dumb') return undefined;
  let profile: string | undefined;
  let directory: string | undefined;
  for (let index = 0; index < argv.length; index += 2) {
    const value = argv[index + 1];
    if (value === undefined) return undefined;
    if (argv[index] === '-p' || argv[index] === '--profile') profile = value;
    else if (argv[index] === '-C' || argv[index] === '--directory') directory = value;
    else return undefined;
  }
  return { profile, directory, atTerminal: true };
}
