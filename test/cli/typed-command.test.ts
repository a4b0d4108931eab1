import { describe, expect, it } from 'vitest';
import type { ActionEntry } from '#actions/action.ts';
import { ACTIONS } from '#actions/index.ts';
import { findCommand } from '#cli/typed-command.ts';

const find = (line: string, entries: readonly ActionEntry[] = ACTIONS): string => {
  const typed = findCommand(line === '' ? [] : line.split(' '), entries);
  if (typed.kind === 'action') return `${typed.entry.command} | ${typed.before.join(' ')} | ${typed.after.join(' ')}`;
  return typed.kind === 'help' ? `help ${typed.of.join(' ')}`.trim() : typed.kind;
};

describe('finding the command in an argv', () => {
  it.each([
    ['', 'none'],
    ['-p prod', 'none'],
    ['--json', 'none'],
    ['--version', 'version'],
    ['-V', 'version'],
    ['--help', 'help'],
    ['-p prod -h', 'help'],
    ['help', 'help'],
    ['help profiles', 'help profiles'],
    ['ps', 'ps |  | '],
    ['ps --json', 'ps |  | --json'],
    ['-p prod -C /x ps api', 'ps | -p prod -C /x | api'],
    ['--profile=prod ps', 'ps | --profile=prod | '],
    ['--json --yes down --volumes', 'down | --json --yes | --volumes'],
    ['profiles', 'profiles list |  | '],
    ['profiles --json', 'profiles list |  | --json'],
    ['profiles list', 'profiles list |  | '],
    ['profiles show prod', 'profiles show |  | prod'],
    ['profiles --help', 'help profiles'],
    ['policy', 'policy show |  | '],
    ['policy unlock prod', 'policy unlock |  | prod'],
    ['journal', 'journal |  | '],
    ['journal verify', 'journal verify |  | '],
    ['journal 01ABC', 'journal |  | 01ABC'],
    ['exec api ls --json', 'exec |  | api ls --json'],
    ['compose -- ps -a', 'compose |  | -- ps -a'],
    ['pull api', 'compose |  | -- pull api'],
    ['-p prod cp web:/x .', 'compose | -p prod | -- cp web:/x .'],
  ])('devctl %s', (line, expected) => {
    expect(find(line)).toBe(expected);
  });

  it.each([
    ['pss', 'devctl has no command "pss".', 'Did you mean: devctl ps'],
    ['zzzzzz', 'devctl has no command "zzzzzz".', 'devctl help lists all commands.'],
    ['profiles lst', 'devctl profiles has no "lst".', 'Did you mean: devctl profiles list'],
    ['profiles xxxxxx', 'devctl profiles has no "xxxxxx".', 'It has: list, show, path'],
    ['-v', 'devctl has no -v before the command: devctl version shows the version.', "For compose's own flags: devctl compose -- -v …"],
    [
      '-f other.yml up',
      'devctl has no -f before the command: the files come from the profile (-p).',
      "For compose's own flags: devctl compose -- -f …",
    ],
    [
      '-fother.yml up',
      'devctl has no -f before the command: the files come from the profile (-p).',
      "For compose's own flags: devctl compose -- -f …",
    ],
  ])('devctl %s is an error that helps', (line, message, hint) => {
    expect(() => find(line)).toThrow(expect.objectContaining({ kind: 'usage', message, hint }));
  });

  it('does not pass compose verbs through where there is no compose action', () => {
    const entries = ACTIONS.filter((entry) => entry.command !== 'compose');
    expect(() => find('pull', entries)).toThrow('devctl has no command "pull".');
  });
});
