import * as z from 'zod';
import { DevctlError } from '#domain/error.ts';
import type { Query } from './action.ts';

const options = z.object({});

/** Puts a terminal right that a killed program left in disorder. */
export const fixTerminal: Query<z.infer<typeof options>, { readonly reset: string }> = {
  kind: 'query',
  id: 'other.fix-terminal',
  command: 'fix-terminal',
  title: 'Put the terminal right',
  summary: 'put a terminal right that a killed program left in disorder',
  examples: ['devctl fix-terminal'],
  options,
  unavailable: () => undefined,
  read: async ({ edges }) => {
    if (!edges.isTerminal)
      throw new DevctlError('usage', 'There is no terminal here.', {
        hint: 'Type it in the terminal that is in disorder: devctl fix-terminal',
      });
    // Not there on Windows: the sequences below do most of it.
    await edges.processes.run({ file: 'stty', args: ['sane'], cwd: edges.cwd, env: edges.env, stdin: 'terminal', timeoutMs: 2000 });
    return { reset: RESET };
  },
  document: () => ({ schema: 1, reset: true }),
  raw: true,
  lines: ({ reset }) => [`${reset}The terminal is reset.`],
};

// Leave the alternate screen; cursor, line wrap and normal colours on; mouse, focus and paste reports, application keys and
// the kitty keyboard off (xterm control sequences).
const RESET = [
  '\u001b[?1049l',
  '\u001b[?25h',
  '\u001b[?7h',
  '\u001b[0m',
  '\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1006l\u001b[?1004l',
  '\u001b[?2004l',
  '\u001b[?1l\u001b>',
  '\u001b[<u',
  '\u001b(B',
].join('');
