import * as z from 'zod';
import { DevctlError } from '#domain/error.ts';
import type { Query } from './action.ts';
import { maskConfig } from './mask-config.ts';

const options = z.object({
  format: z.enum(['yaml', 'json']).default('yaml').meta({ description: 'of the text' }),
  interpolate: z.boolean().default(true).meta({ description: 'leave ${VARIABLES} as they are' }),
  mask: z.boolean().default(true).meta({ description: 'show secrets; on a terminal only' }),
});

interface ConfigResult {
  /** As compose prints it, secrets masked unless asked for. */
  readonly text: string;
  readonly format: 'yaml' | 'json';
}

/** Prints the merged compose configuration, as compose itself merges it. */
export const config: Query<z.infer<typeof options>, ConfigResult> = {
  kind: 'query',
  id: 'stack.config',
  command: 'config',
  title: 'Show the merged configuration',
  summary: 'the merged compose configuration, secrets masked',
  examples: ['devctl config', 'devctl config --no-interpolate', 'devctl -p prod config --json'],
  options,
  unavailable: (state) => (state.profile.compose ? undefined : `profile ${state.profile.name} has no compose files`),
  read: async (context, { format, interpolate, mask }) => {
    if (!mask && !context.edges.isTerminal) {
      throw new DevctlError('usage', '--no-mask prints secrets, so it works on a terminal only.', { hint: 'Leave --no-mask out.' });
    }
    const [compose, inputs] = await Promise.all([context.compose(), context.inputs()]);
    const text = await compose.configText(inputs, { format, interpolate });
    return { text: mask ? await maskConfig(text) : text, format };
  },
  document: ({ text, format }) => ({ schema: 1, format, text }),
  lines: ({ text }) => text.replace(/\n$/, '').split('\n'),
};
