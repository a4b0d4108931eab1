const ESC = '\u001b';

/** Lines never wrap while we own the screen: a glyph that is wider than it says cannot push the rest down. */
export const WRAP_OFF = `${ESC}[?7l`;
export const WRAP_ON = `${ESC}[?7h`;
/** Home, then erase what is below: clears what is seen and leaves the scrollback alone. */
export const CLEAR_SCREEN = `${ESC}[H${ESC}[J`;

/**
 * Undoes everything that a full-screen program may have left behind: paste, mouse and focus modes, kitty keys, line
 * wrap, hidden cursor, colours, alternate screen, synchronized output. Printed by `devctl fix-terminal`.
 */
export const FIX_TERMINAL = [
  `${ESC}[?2026l`,
  `${ESC}[?2004l`,
  `${ESC}[?1000l${ESC}[?1002l${ESC}[?1003l${ESC}[?1006l`,
  `${ESC}[?1004l`,
  `${ESC}[<u`,
  `${ESC}[?1049l`,
  WRAP_ON,
  `${ESC}[?25h`,
  `${ESC}[0m`,
].join('');

/** Puts a text on the clipboard of the terminal, also through ssh (OSC 52). */
export function copySequence(text: string): string {
  return `${ESC}]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
}
