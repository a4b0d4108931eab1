import * as z from 'zod';
import type { Change } from './action.ts';
import { unavailableWithoutContainers } from './availability.ts';
import { service } from './option-schemas.ts';
import { planTerminal, terminalFlags } from './plan-terminal.ts';

const options = z.object({ service });

/** Opens the best shell that the container has. */
export const shell: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'stack.shell',
  command: 'shell',
  title: 'Open a shell',
  summary: 'open a shell in a running container',
  examples: ['devctl shell api'],
  key: { scope: 'stack', key: 's', selection: true },
  options,
  unavailable: unavailableWithoutContainers,
  innerExitCode: true,
  plan: (context, wish) =>
    planTerminal(context, {
      action: 'stack.shell',
      title: `Open a shell in ${wish.service}`,
      service: wish.service,
      argv: [
        'exec',
        ...terminalFlags(context),
        wish.service,
        'sh',
        '-c',
        'if command -v bash >/dev/null 2>&1; then exec bash; fi; exec sh',
      ],
      risk: 'recreates',
      commandLine: `devctl shell ${wish.service}`,
    }),
  done: () => '',
};
