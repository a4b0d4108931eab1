import * as z from 'zod';
import { DevctlError } from '#domain/error.ts';
import type { Change } from './action.ts';
import { unavailableWithoutContainers } from './availability.ts';
import { riskOfInnerCommand } from './inner-command.ts';
import { command, service } from './option-schemas.ts';
import { planTerminal, terminalFlags } from './plan-terminal.ts';

const options = z.object({
  service,
  command,
  user: z.string().optional().meta({ short: 'u', value: 'USER', description: 'run as this user' }),
  workdir: z.string().optional().meta({ short: 'w', value: 'DIRECTORY', description: 'directory in the container' }),
  env: z.array(z.string()).default([]).meta({ short: 'e', value: 'NAME=VALUE', description: 'set a variable' }),
});

/** Runs a command in a running container; its exit code is the command's. */
export const exec: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'stack.exec',
  command: 'exec',
  title: 'Run a command in a container',
  summary: 'run a command in a running container',
  examples: ['devctl exec postgres pg_isready', 'devctl exec api ls -l /app'],
  options,
  unavailable: unavailableWithoutContainers,
  innerExitCode: true,
  plan: (context, wish) => {
    if (wish.command.length === 0)
      throw new DevctlError('usage', 'No command given.', { hint: `devctl exec ${wish.service} COMMAND, or devctl shell ${wish.service}` });
    return planTerminal(context, {
      action: 'stack.exec',
      title: `Run in ${wish.service}: ${wish.command.join(' ')}`,
      service: wish.service,
      argv: ['exec', ...terminalFlags(context), ...flagsOf(wish), wish.service, ...wish.command],
      risk: riskOfInnerCommand(wish.command),
      commandLine: ['devctl exec', wish.service, ...wish.command].join(' '),
    });
  },
  done: () => '',
};

function flagsOf(wish: z.infer<typeof options>): readonly string[] {
  return [
    ...(wish.user ? ['--user', wish.user] : []),
    ...(wish.workdir ? ['--workdir', wish.workdir] : []),
    ...wish.env.flatMap((pair) => ['--env', pair]),
  ];
}
