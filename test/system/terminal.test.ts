import { expect, test } from 'vitest';
import { terminalAbilities } from '#system/terminal.ts';

const tty = { isTTY: true, columns: 120, rows: 40 };
const pipe = {};
const depth = (env: Record<string, string>, stdout: object = tty) =>
  terminalAbilities(env, { stdin: tty, stdout, stderr: tty }).colourDepth;

test.each([
  [{ TERM: 'xterm-256color' }, 8],
  [{ TERM: 'xterm' }, 4],
  [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 24],
  [{ TERM: 'dumb' }, 1],
  [{ TERM: 'xterm-256color', NO_COLOR: '1' }, 1],
  [{ TERM: 'xterm-256color', NO_COLOR: '' }, 8],
  [{ TERM: 'xterm', NO_COLOR: '1', FORCE_COLOR: '3' }, 24],
  [{ TERM: 'xterm', FORCE_COLOR: '0' }, 1],
])('colour depth of %o is %i', (env, expected) => expect(depth(env as Record<string, string>)).toBe(expected));

test('a pipe has no colour unless forced', () => {
  expect(depth({ TERM: 'xterm-256color' }, pipe)).toBe(1);
  expect(depth({ FORCE_COLOR: '1' }, pipe)).toBe(4);
});

test.each([
  [{ LANG: 'en_US.UTF-8' }, true],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, false],
  [{ LC_ALL: '', LC_CTYPE: 'C.utf8' }, true],
  [{}, false],
  [{ LANG: 'en_US.UTF-8', TERM: 'linux' }, false],
  [{ TERM_PROGRAM: 'iTerm.app' }, true],
])('unicode of %o is %s', (env, expected) => {
  expect(terminalAbilities(env as Record<string, string>, { stdin: tty, stdout: tty, stderr: tty }).unicode).toBe(expected);
});

test('size comes from a terminal, from COLUMNS, or is 80 by 24', () => {
  expect(terminalAbilities({}, { stdin: pipe, stdout: tty, stderr: pipe })).toMatchObject({
    columns: 120,
    rows: 40,
    stdinIsTerminal: false,
  });
  expect(terminalAbilities({ COLUMNS: '50' }, { stdin: pipe, stdout: pipe, stderr: pipe })).toMatchObject({ columns: 50, rows: 24 });
});
