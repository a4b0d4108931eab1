import type { Action } from '#actions/action.ts';
import { ROOT_FLAGS } from './root-options.ts';

/** Groups of commands in the order of the help; a group is what stands before the dot of an action's id. */
const GROUPS: readonly (readonly [string, string])[] = [
  ['start', 'Start here'],
  ['stack', 'Stack'],
  ['data', 'Data'],
  ['ship', 'Ship'],
  ['check', 'Check'],
  ['guard', 'Guard'],
  ['other', 'Other'],
];

/** The help of devctl itself: every command that exists, by group, made from the actions. */
export function formatRootHelp(actions: readonly Action[]): string {
  const width = Math.max(...actions.map((action) => action.command.length));
  const groups = GROUPS.map(([id, title]) => ({ title, members: actions.filter((action) => action.id.startsWith(`${id}.`)) }));
  return [
    'Usage: devctl [-p PROFILE] [-C DIR] COMMAND …',
    '',
    'Without a command: the terminal UI on a terminal, else the status.',
    ...groups
      .filter(({ members }) => members.length > 0)
      .flatMap(({ title, members }) => ['', `${title}:`, ...members.map((one) => commandLine(one, width))]),
    '',
    'Everywhere:',
    ...ROOT_FLAGS.map((flag) => `  ${flagWords(flag).padEnd(24)}  ${flag.description}`),
    '',
    'Exit codes: 0 done, 1 failed, 2 usage, 3 not cleared by the gate, 4 unhealthy, 5 no engine, 130 interrupted.',
    'devctl COMMAND --help shows one command.',
    '',
  ].join('\n');
}

/** The help of a group of commands, e.g. `profiles`. */
export function formatGroupHelp(group: string, actions: readonly Action[]): string {
  const width = Math.max(...actions.map((action) => action.command.length));
  return [`Usage: devctl ${group} COMMAND …`, '', ...actions.map((action) => commandLine(action, width)), ''].join('\n');
}

/** The examples of an action, as the end of its help. */
export function formatExamples(action: Action): string {
  return action.examples.length === 0 ? '' : ['', 'Examples:', ...action.examples.map((example) => `  ${example}`)].join('\n');
}

function commandLine(action: Action, width: number): string {
  return `  ${action.command.padEnd(width)}  ${action.summary}`;
}

function flagWords(flag: { readonly short?: string; readonly long: string; readonly value?: string }): string {
  return `${flag.short ? `${flag.short}, ` : ''}${flag.long}${flag.value ? ` ${flag.value}` : ''}`;
}
