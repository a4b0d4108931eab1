import type { Paint } from '#actions/action.ts';

/** Roles of text for a face with this many bits of colour (1: none) and columns. */
export function createPaint(colourDepth: number, width: number): Paint {
  const as = (codes: string) => (colourDepth > 1 ? wrap(codes) : plain);
  return {
    width,
    colour: colourDepth > 1,
    good: as('32'),
    bad: as('31'),
    attention: as('33'),
    dim: as('2'),
    strong: as('1'),
    accent: as('36'),
  };
}

/** Without any colour; for files, pipes and tests. */
export function plainPaint(width: number): Paint {
  return createPaint(1, width);
}

function wrap(codes: string): (text: string) => string {
  return (text) => (text === '' ? '' : `\u001b[${codes}m${text}\u001b[0m`);
}

function plain(text: string): string {
  return text;
}
