import { describe, expect, it } from 'vitest';
import { ACTIONS } from '#actions/index.ts';
import { parseWords } from '#cli/build-command.ts';
import { HelpShown } from '#cli/help-shown.ts';
import { readOptions } from '#cli/read-options.ts';
import { readRootOptions } from '#cli/root-options.ts';
import { findCommand } from '#cli/typed-command.ts';

async function parse(line: readonly string[]) {
  const typed = findCommand(line, ACTIONS);
  if (typed.kind !== 'action') throw new Error(`${line.join(' ')} is no action`);
  const action = await typed.entry.load();
  const words = parseWords(action, typed.before, typed.after);
  return { options: readOptions(action, words.options), root: readRootOptions(words.root) };
}

const words = (line: string): readonly string[] => line.split(' ');

describe('argv to options', () => {
  it.each([
    ['ps', { services: [], stats: false, drift: false }],
    ['ps api worker --stats', { services: ['api', 'worker'], stats: true, drift: false }],
    ['logs -f api -n 20', { services: ['api'], follow: true, tail: 20, timestamps: false }],
    ['logs api --tail=5 worker -t', { services: ['api', 'worker'], follow: false, tail: 5, timestamps: true }],
    ['logs --level warn --fields a,b', { services: [], follow: false, level: 'warn', fields: 'a,b', timestamps: false }],
    ['stats --no-stream', { services: [], stream: false }],
    ['stats', { services: [], stream: true }],
    ['config --no-interpolate --format json', { format: 'json', interpolate: false, mask: true }],
    ['use prod --this-machine', { profile: 'prod', thisMachine: true }],
    ['journal --last 5 --risk destroys', { last: 5, risk: 'destroys' }],
    ['open web --port 3000', { service: 'web', port: 3000, print: false }],
    ['exec -u root api ls -l --json', { service: 'api', command: ['ls', '-l', '--json'], user: 'root', env: [] }],
    ['exec -e A=1 -e B=2 api env', { service: 'api', command: ['env'], env: ['A=1', 'B=2'] }],
    ['plan -- down --volumes', { command: ['down', '--volumes'] }],
    ['compose -- down -v', { arguments: ['down', '-v'] }],
    ['pull --quiet api', { arguments: ['pull', '--quiet', 'api'] }],
  ])('devctl %s', async (line, expected) => {
    expect((await parse(words(line))).options).toEqual(expected);
  });

  it.each(['-p prod ps', 'ps -p prod', 'ps --profile=prod', '--profile prod ps'])('takes the profile anywhere: %s', async (line) => {
    expect((await parse(words(line))).root.profile).toBe('prod');
  });

  it('takes all root options', async () => {
    const line = [
      ...words('-C /x --json --plain --no-input down --yes --confirm shop --plan abc --verbose --quiet'),
      '--reason',
      'because I say so',
    ];
    expect((await parse(line)).root).toEqual({
      profile: undefined,
      directory: '/x',
      json: true,
      plain: true,
      input: false,
      yes: true,
      confirm: 'shop',
      plan: 'abc',
      reason: 'because I say so',
      verbose: true,
      quiet: true,
    });
  });

  it('lets the last of two profiles win, the one after the command', async () => {
    expect((await parse(words('-p dev ps -p prod'))).root.profile).toBe('prod');
  });

  it('leaves everything after the service to the inner command', async () => {
    const { options, root } = await parse(words('exec api psql -p 5432 --json --yes'));
    expect(options).toMatchObject({ service: 'api', command: ['psql', '-p', '5432', '--json', '--yes'] });
    expect(root).toMatchObject({ profile: undefined, json: false, yes: false });
  });

  it.each([
    ['ps --jsn', "devctl ps: unknown option '--jsn'.", 'Did you mean --json?'],
    ['ps --qqqqqqqqq', "devctl ps: unknown option '--qqqqqqqqq'.", 'devctl ps --help shows its flags.'],
    ['logs --tail x', 'devctl logs: --tail must be a number.', 'devctl logs --help shows its flags.'],
    ['logs --tail=-1', 'devctl logs: --tail must be at least 0.', 'devctl logs --help shows its flags.'],
    ['use', "devctl use: missing required argument 'PROFILE'.", 'devctl use --help shows its flags.'],
    ['use a b', 'devctl use: too many arguments. Expected 1 argument but got 2: a, b.', 'devctl use --help shows its flags.'],
    ['logs --since', "devctl logs: option '--since <TIME>' argument missing.", 'devctl logs --help shows its flags.'],
    [
      'logs --level loud',
      "devctl logs: option '--level <LEVEL>' argument 'loud' is invalid. Allowed choices are trace, debug, info, warn, error, fatal.",
      'devctl logs --help shows its flags.',
    ],
  ])('devctl %s is an error that helps', async (line, message, hint) => {
    await expect(parse(words(line))).rejects.toMatchObject({ kind: 'usage', message, hint });
  });

  it('shows help with flags and examples', async () => {
    const shown = await parse(words('logs --help')).catch((thrown: unknown) => thrown);
    expect(shown).toBeInstanceOf(HelpShown);
    const { text } = shown as HelpShown;
    expect(text).toContain('Usage: devctl logs [options] [SERVICE...]');
    expect(text).toContain('-f, --follow');
    expect(text).toContain('Everywhere:');
    expect(text).toContain('devctl logs -f api worker');
  });
});

describe('the list of actions', () => {
  it.each(ACTIONS.map((entry) => [entry.command, entry] as const))(
    '%s: entry and declaration agree, and its help can be made',
    async (_, entry) => {
      const action = await entry.load();
      expect({ id: action.id, command: action.command }).toEqual({ id: entry.id, command: entry.command });
      expect(action.summary).not.toBe('');
      expect(action.summary).not.toMatch(/[.!]$/);
      for (const example of action.examples) expect(example).toContain('devctl');
      expect(() => parseWords(action, [], ['--help'])).toThrow(HelpShown);
    },
  );

  it.each(ACTIONS.map((entry) => [entry.command, entry] as const))('%s: its examples parse', async (_, entry) => {
    const action = await entry.load();
    for (const example of action.examples.filter((text) => text.startsWith('devctl ') && !/[|$>"']/.test(text))) {
      const argv = words(example).slice(1);
      if (argv[0] === '--version') continue;
      const typed = findCommand(argv, ACTIONS);
      expect(typed.kind, example).toBe('action');
      await expect(parse(argv), example).resolves.toBeDefined();
    }
  });

  it('has no id and no command twice', () => {
    expect(new Set(ACTIONS.map((entry) => entry.id)).size).toBe(ACTIONS.length);
    expect(new Set(ACTIONS.map((entry) => entry.command)).size).toBe(ACTIONS.length);
  });
});
