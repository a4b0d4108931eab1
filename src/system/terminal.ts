/** What the user's terminal can do, decided once at start. */
export interface TerminalAbilities {
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Bits of colour: 1 is none, 4 is 16 colours, 8 is 256, 24 is all. */
  readonly colourDepth: 1 | 4 | 8 | 24;
  /** False: signs and frames in ASCII. */
  readonly unicode: boolean;
  readonly columns: number;
  readonly rows: number;
}

/** The part of a stream that is looked at; `process.stdout` is one. */
export interface TerminalStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

export interface TerminalStreams {
  readonly stdin: TerminalStream;
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
}

/** Reads the environment (NO_COLOR, FORCE_COLOR, TERM, COLORTERM, LC_*, COLUMNS) and the streams. Output of colour is judged for stdout. */
export function terminalAbilities(env: Readonly<Record<string, string>>, streams: TerminalStreams): TerminalAbilities {
  return {
    stdinIsTerminal: streams.stdin.isTTY === true,
    stdoutIsTerminal: streams.stdout.isTTY === true,
    stderrIsTerminal: streams.stderr.isTTY === true,
    colourDepth: colourDepth(env, streams.stdout.isTTY === true),
    unicode: speaksUnicode(env),
    columns: streams.stdout.columns ?? streams.stderr.columns ?? (Number(env.COLUMNS) || 80),
    rows: streams.stdout.rows ?? streams.stderr.rows ?? (Number(env.LINES) || 24),
  };
}

/** FORCE_COLOR beats NO_COLOR, as in Node's own getColorDepth; both beat what the terminal says. */
function colourDepth(env: Readonly<Record<string, string>>, isTerminal: boolean): TerminalAbilities['colourDepth'] {
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return FORCED_DEPTH[forced] ?? 4;
  if ((env.NO_COLOR ?? '') !== '' || !isTerminal || env.TERM === 'dumb') return 1;
  if (/^(truecolor|24bit)$/i.test(env.COLORTERM ?? '') || env.WT_SESSION !== undefined) return 24;
  if (/-(direct|truecolor)$/.test(env.TERM ?? '')) return 24;
  return /256/.test(env.TERM ?? '') || env.TERM_PROGRAM === 'Apple_Terminal' ? 8 : 4;
}

const FORCED_DEPTH: Readonly<Record<string, TerminalAbilities['colourDepth']>> = { '0': 1, false: 1, '2': 8, '3': 24 };

/** The first of LC_ALL, LC_CTYPE, LANG that is set decides (POSIX); Windows and macOS terminals speak UTF-8 without saying so. */
function speaksUnicode(env: Readonly<Record<string, string>>): boolean {
  if (env.TERM === 'linux' || env.TERM === 'dumb') return false;
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((value) => value !== undefined && value !== '');
  if (locale === undefined) return env.WT_SESSION !== undefined || env.TERM_PROGRAM !== undefined;
  return /utf-?8/i.test(locale);
}
