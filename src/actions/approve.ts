import * as z from 'zod';
import { DevctlError } from '#domain/error.ts';
import type { Change } from './action.ts';
import { planPolicy } from './plan-policy.ts';

const options = z.object({ id: z.string().meta({ positional: true, value: 'ID', description: 'the plan, as the refusal named it' }) });

/** Lets one plan of an agent through, once, within ten minutes. Only a person at a terminal can. */
export const approve: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'check.approve',
  command: 'approve',
  title: 'Approve a plan of an agent',
  summary: 'let one refused plan of an agent through, once, within ten minutes',
  examples: ['devctl approve 3f2a9c0d11e4b7a8'],
  options,
  unavailable: () => undefined,
  plan: async (context, { id }) => {
    const { journal, tickets } = await context.state();
    const { entries } = await journal.read();
    const asked = entries.findLast((entry) => entry.planHash === id && entry.outcome === 'refused');
    if (!asked || !(await tickets.isValid(id)))
      throw new DevctlError('usage', `No plan ${id} was refused within the last ten minutes.`, { hint: 'devctl journal lists refusals.' });
    const losses = asked.losses.map((loss) => loss.name).join(', ');
    return planPolicy(context, {
      action: 'check.approve',
      title: `Approve: ${asked.title}`,
      verb: 'Approve',
      what: `let the plan "${asked.title}" through once${losses ? ` (it deletes ${losses})` : ''}`,
      effect: { kind: 'approve', planHash: id },
      risk: 'destroys',
      detail: 'an approval that is not used ends after ten minutes',
      commandLine: `devctl approve ${id}`,
    });
  },
  done: () => 'Approved: the command may be repeated once within ten minutes.',
};
