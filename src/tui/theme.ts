/** What a piece of text is for; the theme alone decides how it looks. */
export type Role =
  | 'plain'
  | 'strong'
  | 'dim'
  | 'accent'
  | 'good'
  | 'bad'
  | 'attention'
  /** White on red: protected stacks and destructive buttons. */
  | 'danger'
  /** A key in a hint. */
  | 'key'
  /** The button, tab or row that Enter acts on. */
  | 'chosen'
  | 'frame'
  | 'frame-focused';

/** Text attributes; colours are names of the terminal's own palette. */
export interface Look {
  readonly color?: Colour;
  readonly background?: Colour;
  readonly bold?: boolean;
  readonly inverse?: boolean;
  readonly underline?: boolean;
}

export type Colour = 'black' | 'red' | 'green' | 'yellow' | 'cyan' | 'gray' | 'white';

/** Signs of one column each. */
export interface Signs {
  readonly good: string;
  readonly running: string;
  readonly busy: string;
  readonly degraded: string;
  readonly failed: string;
  readonly absent: string;
  readonly pointer: string;
  readonly crumb: string;
  readonly dot: string;
  readonly ellipsis: string;
  readonly again: string;
  readonly enter: string;
  readonly done: string;
  readonly cursor: string;
  readonly more: string;
  readonly less: string;
  readonly bars: readonly string[];
  readonly gauge: readonly [full: string, empty: string];
  readonly spinner: readonly string[];
}

/** Corners and sides of a frame, clockwise from the top left. */
export interface Border {
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomRight: string;
  readonly bottomLeft: string;
  readonly horizontal: string;
  readonly vertical: string;
}

export interface Theme {
  /** Nothing but ASCII reaches the screen. */
  readonly ascii: boolean;
  readonly looks: Readonly<Record<Role, Look>>;
  readonly signs: Signs;
  readonly border: Border;
  /** Focus is a double border, so that it shows without colour. */
  readonly borderFocused: Border;
}

export type ThemeName = 'dark' | 'none';

/** The theme of this name; `ascii` replaces every sign and border outside ASCII. */
export function themeOf(name: ThemeName, ascii: boolean): Theme {
  return {
    ascii,
    looks: LOOKS[name],
    signs: ascii ? ASCII_SIGNS : UNICODE_SIGNS,
    border: ascii ? ASCII_BORDER : ROUND_BORDER,
    borderFocused: ascii ? ASCII_BORDER_FOCUSED : DOUBLE_BORDER,
  };
}

/** The theme that an environment asks for: NO_COLOR takes colours away, a locale without UTF-8 the signs. */
export function themeFor(env: Readonly<Record<string, string | undefined>>): Theme {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  const ascii = env.TERM === 'linux' || /^(C|POSIX)$/.test(locale);
  return themeOf(env.NO_COLOR ? 'none' : 'dark', ascii);
}

// Named colours, not RGB: they follow the palette that the user chose for the terminal, on dark and on light.
const LOOKS: Readonly<Record<ThemeName, Readonly<Record<Role, Look>>>> = {
  dark: {
    plain: {},
    strong: { bold: true },
    dim: { color: 'gray' },
    accent: { color: 'cyan' },
    good: { color: 'green' },
    bad: { color: 'red' },
    attention: { color: 'yellow' },
    danger: { color: 'white', background: 'red', bold: true },
    key: { color: 'cyan', bold: true },
    chosen: { color: 'black', background: 'cyan' },
    frame: { color: 'gray' },
    'frame-focused': { color: 'cyan' },
  },
  none: {
    plain: {},
    strong: { bold: true },
    dim: {},
    accent: { bold: true },
    good: {},
    bad: { bold: true },
    attention: { bold: true },
    danger: { inverse: true, bold: true },
    key: { bold: true },
    chosen: { inverse: true },
    frame: {},
    'frame-focused': { bold: true },
  },
};

const UNICODE_SIGNS: Signs = {
  good: '●',
  running: '○',
  busy: '◐',
  degraded: '▲',
  failed: '✖',
  absent: '–',
  pointer: '▸',
  crumb: '▸',
  dot: '·',
  ellipsis: '…',
  again: '↻',
  enter: '⏎',
  done: '✔',
  cursor: '▏',
  more: '▾',
  less: '▴',
  bars: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  gauge: ['█', '░'],
  spinner: ['◐', '◓', '◑', '◒'],
};

const ASCII_SIGNS: Signs = {
  good: '*',
  running: 'o',
  busy: '~',
  degraded: '!',
  failed: 'x',
  absent: '-',
  pointer: '>',
  crumb: '>',
  dot: '|',
  ellipsis: '~',
  again: 'r',
  enter: 'Enter',
  done: '+',
  cursor: '_',
  more: 'v',
  less: '^',
  bars: ['_', '.', ':', '-', '=', '+', '*', '#'],
  gauge: ['#', '.'],
  spinner: ['|', '/', '-', '\\'],
};

const ROUND_BORDER: Border = { topLeft: '╭', topRight: '╮', bottomRight: '╯', bottomLeft: '╰', horizontal: '─', vertical: '│' };
const DOUBLE_BORDER: Border = { topLeft: '╔', topRight: '╗', bottomRight: '╝', bottomLeft: '╚', horizontal: '═', vertical: '║' };
const ASCII_BORDER: Border = { topLeft: '+', topRight: '+', bottomRight: '+', bottomLeft: '+', horizontal: '-', vertical: '|' };
const ASCII_BORDER_FOCUSED: Border = { topLeft: '#', topRight: '#', bottomRight: '#', bottomLeft: '#', horizontal: '=', vertical: '#' };
