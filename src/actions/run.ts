import * as z from 'zod';
import { DEVCTL_LABEL } from '#domain/container.ts';
import type { Change } from './action.ts';
import { unavailableWithoutEngine } from './availability.ts';
import { riskOfInnerCommand } from './inner-command.ts';
import { command, flag, service } from './option-schemas.ts';
import { planTerminal, terminalFlags } from './plan-terminal.ts';

const options = z.object({
  service,
  command,
  deps: flag('start what the service depends on before (may replace containers)'),
  entrypoint: z.string().optional().meta({ value: 'PROGRAM', description: 'another entry point' }),
  env: z.array(z.string()).default([]).meta({ short: 'e', value: 'NAME=VALUE', description: 'set a variable' }),
});

/** Runs a one-off container of a service and removes it afterwards. Without its dependencies: compose would recreate changed ones. */
export const run: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'stack.run',
  command: 'run',
  title: 'Run a one-off container',
  summary: 'run a command in a new container of a service, removed afterwards',
  examples: ['devctl run api npm test'],
  options,
  unavailable: unavailableWithoutEngine,
  innerExitCode: true,
  plan: (context, wish) =>
    planTerminal(context, {
      action: 'stack.run',
      title: `Run a one-off ${wish.service}${wish.command.length > 0 ? `: ${wish.command.join(' ')}` : ''}`,
      service: wish.service,
      argv: [
        'run',
        '--rm',
        ...(wish.deps ? [] : ['--no-deps']),
        ...terminalFlags(context),
        '--label',
        `${DEVCTL_LABEL}=run`,
        ...(wish.entrypoint ? ['--entrypoint', wish.entrypoint] : []),
        ...wish.env.flatMap((pair) => ['--env', pair]),
        wish.service,
        ...wish.command,
      ],
      risk: wish.deps || wish.entrypoint ? 'recreates' : riskOfInnerCommand(wish.command),
      commandLine: ['devctl run', wish.service, ...wish.command].join(' '),
    }),
  done: () => '',
};
