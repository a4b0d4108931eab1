const ESC = '\u001b';

/** Lines never wrap while we own the screen: a glyph that is wider than it says cannot push the rest down. */
export const WRAP_OFF = `${ESC}[?7l`;
export const WRAP_ON = `${ESC}[?7h`;
/** Home, then erase what is below: clears what is seen and leaves the scrollback alone. */
export const CLEAR_SCREEN = `${ESC}[H${ESC}[J`;

/** Puts a text on the clipboard of the terminal, also through ssh (OSC 52). */
export function copySequence(text: string): string {
  return `${ESC}]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
}
