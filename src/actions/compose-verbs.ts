import type { Risk } from '#domain/risk.ts';

/** What pass-through knows of a compose verb: its risk, and every flag with which that risk holds. */
export interface ComposeVerb {
  readonly risk: Risk;
  /** Switches, long names and short letters. */
  readonly switches: readonly string[];
  /** Flags that take a value. */
  readonly values: readonly string[];
  /** Parsing stops at the first positional (exec, run). */
  readonly inner?: boolean;
}

/**
 * Verbs that only read, only add, or merely interrupt, with the flags of every supported version that keep it so
 * (source: reference/compose-flags.txt). A verb or flag that is not here counts as irrecoverable.
 */
export const COMPOSE_VERBS: Readonly<Record<string, ComposeVerb>> = {
  config: reads(
    [
      'quiet',
      'q',
      'images',
      'no-consistency',
      'no-env-resolution',
      'no-interpolate',
      'no-normalize',
      'no-path-resolution',
      'profiles',
      'services',
      'variables',
      'volumes',
      'networks',
      'models',
      'environment',
      'resolve-image-digests',
    ],
    ['format', 'hash'],
  ),
  events: reads(['json'], ['since', 'until']),
  images: reads(['quiet', 'q'], ['format']),
  logs: reads(['follow', 'f', 'no-color', 'no-log-prefix', 'timestamps', 't'], ['since', 'until', 'tail', 'n', 'index']),
  ls: reads(['all', 'a', 'quiet', 'q'], ['filter', 'format']),
  port: reads([], ['protocol', 'index']),
  ps: reads(['all', 'a', 'no-trunc', 'orphans', 'quiet', 'q', 'services'], ['filter', 'format', 'status']),
  stats: reads(['all', 'a', 'no-stream', 'no-trunc'], ['format']),
  top: reads([], []),
  version: reads(['short'], ['format', 'f']),
  volumes: reads(['quiet', 'q'], ['format']),
  wait: reads([], []),
  start: reads(['wait'], ['wait-timeout']),
  unpause: reads([], []),
  build: reads(
    ['compress', 'force-rm', 'no-cache', 'no-rm', 'quiet', 'q', 'with-dependencies', 'pull', 'check', 'print'],
    ['build-arg', 'builder', 'memory', 'm', 'progress', 'ssh', 'provenance', 'sbom'],
  ),
  pull: reads(['ignore-buildable', 'ignore-pull-failures', 'include-deps', 'quiet', 'q'], ['policy']),
  stop: interrupts(['timeout', 't']),
  restart: { ...interrupts(['timeout', 't']), switches: ['no-deps'] },
  kill: interrupts(['signal', 's']),
  pause: interrupts([]),
  attach: { ...interrupts(['detach-keys', 'index']), switches: ['no-stdin', 'sig-proxy'] },
  down: { ...interrupts(['timeout', 't']), switches: ['volumes', 'volume', 'v'] },
  exec: {
    risk: 'recreates',
    switches: ['detach', 'd', 'interactive', 'i', 'no-tty', 'no-TTY', 'T', 'tty', 't'],
    values: ['env', 'e', 'index', 'user', 'u', 'workdir', 'w'],
    inner: true,
  },
};

/** Root flags that keep the target that the profile set; those that would change it are refused. */
export const ROOT_FLAGS = { switches: ['verbose', 'compatibility'], values: ['ansi', 'progress', 'parallel'] } as const;

/** Root flags that choose another stack or engine. */
export const TARGET_FLAGS = ['file', 'f', 'project-name', 'p', 'profile', 'env-file', 'project-directory', 'workdir', 'all-resources'];

function reads(switches: readonly string[], values: readonly string[]): ComposeVerb {
  return { risk: 'none', switches, values };
}

function interrupts(values: readonly string[]): ComposeVerb {
  return { risk: 'interrupts', switches: [], values };
}
