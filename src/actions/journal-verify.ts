import * as z from 'zod';
import type { Query } from './action.ts';
import { unavailableWithoutEngine } from './availability.ts';

const options = z.object({});

/** Checks the checksum of every line of the journal. */
export const journalVerify: Query<
  z.infer<typeof options>,
  { readonly path: string; readonly entries: number; readonly damaged: readonly number[]; readonly open: readonly string[] }
> = {
  kind: 'query',
  id: 'data.journal-verify',
  command: 'journal verify',
  title: 'Verify the journal',
  summary: 'check every line of the journal (exit code 4 when one is damaged)',
  examples: ['devctl journal verify'],
  options,
  unavailable: unavailableWithoutEngine,
  read: async (context) => {
    const { journal } = await context.state();
    const { entries, damaged } = await journal.read();
    return {
      path: journal.path,
      entries: entries.length,
      damaged,
      open: entries.filter((entry) => entry.outcome === undefined).map((entry) => entry.id),
    };
  },
  document: (result) => ({ schema: 1, ...result }),
  lines: ({ path, entries, damaged, open }, paint) => [
    path,
    damaged.length === 0
      ? `${paint.good('✔')} ${entries} entries, every line as it was written`
      : `${paint.bad('✖')} ${damaged.length} damaged lines: ${damaged.join(', ')}; the ${entries} readable entries still count`,
    ...(open.length > 0 ? [`${paint.attention('!')} still running or cut off: ${open.join(', ')}`] : []),
  ],
  exitCode: ({ damaged }) => (damaged.length === 0 ? 0 : 4),
};
