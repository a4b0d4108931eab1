import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyCompose } from '#actions/classify.ts';
import { parseFlags } from '#actions/parse-flags.ts';

function judge(line: string): string {
  const classified = classifyCompose(line.split(' ').filter((word) => word !== ''));
  return classified.kind === 'verb' ? classified.risk : classified.kind;
}

describe('pass-through', () => {
  it.each([
    ['ps -a', 'none'],
    ['logs -f --tail 10 api', 'none'],
    ['logs -fn5 api', 'none'],
    ['config --quiet', 'none'],
    ['top', 'none'],
    ['stop api', 'interrupts'],
    ['restart -t 3 api', 'interrupts'],
    ['down', 'interrupts'],
    ['down --volumes=false', 'interrupts'],
    ['down -v=0', 'interrupts'],
    ['exec postgres pg_isready', 'none'],
    ['exec postgres psql -c select', 'recreates'],
    ['exec -T postgres sh -c ls', 'recreates'],
  ])('lets %s through by its own risk', (line, risk) => {
    expect(judge(line)).toBe(risk);
  });

  it.each(['down -v', 'down --volumes', 'down --volume', 'down -vt 0', 'down -vt0', 'down -t 0 -v', 'down --volumes=true', 'down -v=T'])(
    'turns %s into the safe plan',
    (line) => {
      expect(judge(line)).toBe('down-volumes');
    },
  );

  it.each([
    '',
    'up -d -y',
    'up -V',
    'rm -fsv api',
    'down --rmi all',
    'down --remove-orphans',
    'down -v api',
    'down --vol',
    'config -o compose.yaml',
    'wait --down-project api',
    'volume rm x',
    'alpha publish x',
    'build --push',
    '--dry-run down -v',
    '-v down',
  ])('counts "%s" as irrecoverable', (line) => {
    expect(judge(line)).toBe('irrecoverable');
  });

  it.each(['-p other down -v', '--project-name=other ps', '-f other.yaml up', '--profile x ps', '--env-file x up'])(
    'refuses another target: %s',
    (line) => {
      expect(judge(line)).toBe('other-target');
    },
  );

  it('leaves what follows a service to the program in it', () => {
    expect(judge('exec api ls -v')).toBe('none');
    expect(classifyCompose(['exec', '-u', 'root', 'api', 'cat', '-v'])).toMatchObject({ service: 'api', risk: 'none' });
  });

  const words = fc.array(
    fc.constantFrom(
      'down',
      'up',
      'rm',
      'ps',
      '-v',
      '--volumes',
      '--volumes=false',
      '-vt0',
      '-t',
      '0',
      '--',
      'api',
      '-f',
      '-p',
      'x',
      '--rmi',
      'all',
      '-tv',
      '-y',
    ),
    { maxLength: 6 },
  );

  it('never lets a line that may remove volumes through as harmless', () => {
    fc.assert(
      fc.property(words, (argv) => {
        const classified = classifyCompose(argv);
        if (classified.kind !== 'verb' || (classified.risk !== 'none' && classified.risk !== 'interrupts')) return;
        const { flags, unknown } = parseFlags(argv.slice((argv as readonly string[]).indexOf(classified.verb) + 1), {
          switches: ['v', 'volumes', 'q', 'a'],
          values: ['t', 'timeout'],
        });
        if (classified.verb === 'down' && unknown === undefined) expect([flags.v, flags.volumes]).not.toContain('true');
        expect(['up', 'rm']).not.toContain(classified.verb);
      }),
      { numRuns: 2000 },
    );
  });
});
