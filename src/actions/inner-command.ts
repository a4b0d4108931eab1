import type { Risk } from '#domain/risk.ts';

/**
 * What a command inside a container can do, as far as devctl can tell: a few programs only read; everything else cannot be
 * seen into and may change anything that the service holds (design: the gate, "Commands whose effect cannot be seen").
 */
export function riskOfInnerCommand(argv: readonly string[]): Risk {
  const [path = '', ...args] = argv;
  const program = path.split('/').at(-1) ?? '';
  if (READ_ONLY.has(program)) return 'none';
  // Without a program to run, env only prints.
  if (program === 'env' && args.length === 0) return 'none';
  return 'recreates';
}

/** Programs that change nothing, whatever their arguments. */
const READ_ONLY = new Set(
  'cat ls echo printf pwd whoami id uname printenv true false ps df du head tail wc grep stat which uptime free pg_isready getent nslookup ping'.split(
    ' ',
  ),
);
