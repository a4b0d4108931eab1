import * as z from 'zod';
import { DevctlError } from '#domain/error.ts';
import type { Plan } from '#domain/plan.ts';
import type { TeamCommand } from '#domain/profile.ts';
import { suggest } from '#domain/text.ts';
import type { Change } from './action.ts';
import type { Context } from './context.ts';
import { command } from './option-schemas.ts';
import { buildPlan } from './plan-builder.ts';
import { planTerminal, terminalFlags } from './plan-terminal.ts';

const options = z.object({
  name: z.string().meta({ positional: true, value: 'NAME', description: "a command of the profile's own" }),
  arguments: command,
});

/** Runs one of the team's own commands with the profile's environment. */
export const doCommand: Change<z.infer<typeof options>> = {
  kind: 'change',
  id: 'stack.do',
  command: 'do',
  title: "Run one of the team's own commands",
  summary: "run a command of the profile's own (commands: in the profile, scripts of package.json)",
  examples: ['devctl do lint'],
  options,
  unavailable: (state) => (Object.keys(state.profile.commands).length === 0 ? 'this profile has no commands of its own' : undefined),
  innerExitCode: true,
  plan: async (context, wish) => {
    const found = await findCommand(context, wish.name);
    return found.run === 'service' ? planInService(context, wish, found) : planOnHost(context, wish, found);
  },
  done: () => '',
};

async function findCommand(context: Context, name: string): Promise<TeamCommand> {
  const profile = await context.profile();
  const found = profile.commands[name];
  if (found) return found;
  const known = Object.keys(profile.commands);
  const near = suggest(name, known);
  const list = known.length > 0 ? `Its commands: ${known.join(', ')}` : 'It has none: add "commands:" to the profile.';
  throw new DevctlError('usage', `Profile ${profile.name} has no command "${name}".`, { hint: near ? `Did you mean ${near}?` : list });
}

function planInService(context: Context, wish: z.infer<typeof options>, found: TeamCommand): Promise<Plan> {
  const service = found.service ?? '';
  return planTerminal(context, {
    action: 'stack.do',
    title: `Run ${wish.name} in ${service}`,
    service,
    argv: ['exec', ...terminalFlags(context), service, 'sh', '-c', `${found.command} "$@"`, wish.name, ...wish.arguments],
    risk: 'recreates',
    commandLine: ['devctl do', wish.name, ...wish.arguments].join(' '),
  });
}

async function planOnHost(context: Context, wish: z.infer<typeof options>, found: TeamCommand): Promise<Plan> {
  const [profile, project] = await Promise.all([context.profile(), context.project()]);
  const words = wish.arguments.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`);
  const text = [found.command, ...words].join(' ');
  return buildPlan({
    action: 'stack.do',
    title: `Run ${wish.name}: ${text}`,
    verb: 'Run it',
    identity: {
      engineId: '',
      endpoint: '',
      context: '',
      projectName: profile.compose?.projectName ?? project.name,
      profile: profile.name,
      projectDirectory: project.root,
      files: profile.compose?.files ?? [],
      composeProfiles: profile.compose?.profiles ?? [],
    },
    steps: [
      { what: text, why: `commands.${wish.name}`, risk: 'recreates', effect: { kind: 'host-command', command: text, terminal: true } },
    ],
    reasons: ['devctl cannot see what this command does'],
    recovery: { how: undefined, detail: 'what the command changes is its own' },
    commandLine: ['devctl do', wish.name, ...wish.arguments].join(' '),
  });
}
