/** Place of the first cell and size of each, in pixels. */
export interface Cells {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Which sides of a cell a character joins, in the order left, right, up, down; and whether by one line or two. */
interface Joint {
  readonly sides: string;
  readonly double: boolean;
  readonly round: boolean;
}

const JOINTS: Readonly<Record<string, Joint>> = {
  ...jointsOf('─ lr│ ud┌ rd┐ ld└ ru┘ lu├ rud┤ lud┬ lrd┴ lru┼ lrud', {}),
  ...jointsOf('╭ rd╮ ld╰ ru╯ lu', { round: true }),
  ...jointsOf('═ lr║ ud╔ rd╗ ld╚ ru╝ lu', { double: true }),
};
const EIGHTHS = '▁▂▃▄▅▆▇█';
const SHADES = '░▒▓';
const GAP = 1.5;

/** Whether a character is a line or a block that must fill its cell, which fonts do not always do. */
export function isBox(character: string): boolean {
  return character !== '' && (character in JOINTS || EIGHTHS.includes(character) || SHADES.includes(character));
}

/** Lines and blocks of one colour as shapes, so that they join whatever the font. */
export function formatBox(text: string, cells: Cells, colour: string): readonly string[] {
  const places = [...text].map((character, index) => ({ character, ...cells, x: cells.x + index * cells.width }));
  const lines = places.flatMap((place) => linesOf(place));
  const blocks = places.flatMap((place) => blockOf(place, colour));
  return [...(lines.length > 0 ? [`<path d="${lines.join('')}" fill="none" stroke="${colour}"/>`] : []), ...blocks];
}

type Place = Cells & { readonly character: string };

function linesOf(place: Place): readonly string[] {
  const joint = JOINTS[place.character];
  if (!joint) return [];
  if (joint.round) return [roundCorner(place, joint.sides)];
  return (joint.double ? [-GAP, GAP] : [0]).map((offset) => straight(place, joint.sides, offset));
}

/** Both lines of a double one keep their distance around the corner. */
function straight({ x, y, width, height }: Cells, sides: string, offset: number): string {
  const isCorner = /[lr]/.test(sides) && /[ud]/.test(sides);
  const turn = isCorner && sides.includes('r') === sides.includes('d') ? offset : isCorner ? -offset : offset;
  const [midX, midY] = [x + width / 2 + (isCorner ? turn : offset), y + height / 2 + offset];
  const ends: Readonly<Record<string, string>> = { l: `H${n(x)}`, r: `H${n(x + width)}`, u: `V${n(y)}`, d: `V${n(y + height)}` };
  return [...sides].map((side) => `M${n(midX)} ${n(midY)}${ends[side]}`).join('');
}

function roundCorner({ x, y, width, height }: Cells, sides: string): string {
  const [midX, midY] = [x + width / 2, y + height / 2];
  const endX = sides.includes('r') ? x + width : x;
  const endY = sides.includes('d') ? y + height : y;
  return `M${n(endX)} ${n(midY)}Q${n(midX)} ${n(midY)} ${n(midX)} ${n(midY + Math.sign(endY - midY) * 4)}V${n(endY)}`;
}

function blockOf({ character, x, y, width, height }: Place, colour: string): readonly string[] {
  const eighths = EIGHTHS.indexOf(character) + 1;
  const shade = SHADES.indexOf(character) + 1;
  if (eighths === 0 && shade === 0) return [];
  const tall = shade > 0 ? height : (height * eighths) / 8;
  const rect = `x="${n(x)}" y="${n(y + height - tall)}" width="${n(width)}" height="${n(tall)}"`;
  return [`<rect ${rect} fill="${colour}"${shade > 0 ? ` opacity="${shade / 4}"` : ''}/>`];
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** From `─ lr│ ud`: character, blank, sides. */
function jointsOf(list: string, { double = false, round = false }): Record<string, Joint> {
  return Object.fromEntries(
    [...list.matchAll(/(\S) ([lrud]+)/gu)].map(([, character, sides]) => [character, { sides: sides ?? '', double, round }]),
  );
}
