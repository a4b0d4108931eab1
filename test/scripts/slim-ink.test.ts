import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'devctl-slim-'));
let slimWidth: typeof stringWidth;

beforeAll(async () => {
  const plugins = (await import(new URL('../../scripts/start-up-plugins.mjs', import.meta.url).href)) as { readonly slimInk: Plugin };
  const outfile = join(directory, 'string-width.mjs');
  await build({
    entryPoints: ['string-width'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    outfile,
    plugins: [plugins.slimInk],
  });
  ({ default: slimWidth } = (await import(pathToFileURL(outfile).href)) as { default: typeof stringWidth });
});

afterAll(() => rmSync(directory, { recursive: true }));

/** Texts that the two measure differently. */
function differing(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => slimWidth(text) !== stringWidth(text));
}

function charactersOf(pattern: RegExp, last: number): readonly string[] {
  return Array.from({ length: last }, (_, code) => String.fromCodePoint(code)).filter((character) => pattern.test(character));
}

describe('slimInk: the bundled string-width', () => {
  test('measures every character below the ideographs alone and beside a box as the real one does', () => {
    const characters = charactersOf(/[^\p{Surrogate}]/u, 0x34_00);
    const signs = characters.slice(0x20_00, 0x2c_00).map((character) => `─${character}●`);
    expect(differing(characters)).toEqual([]);
    expect(differing(signs)).toEqual([]);
  });

  test('measures emoji with selectors, skin tones, flags, keycaps and joiners as the real one does', () => {
    const emoji = charactersOf(/\p{Emoji}/u, 0x1_fa_ff);
    const flags = charactersOf(/\p{Regional_Indicator}/u, 0x1_f2_00);
    expect(
      differing(emoji.flatMap((one) => [one, `${one}\ufe0f`, `${one}\ufe0e`, `${one}\u{1f3fd}`, `${one}\u20e3`, `${one}\ufe0f\u20e3`])),
    ).toEqual([]);
    expect(differing(flags.flatMap((one) => flags.map((other) => one + other)))).toEqual([]);
    expect(differing(['👩‍👩‍👧‍👦', '🏳️‍🌈', '❤️‍🔥', '👁‍🗨', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '✔︎ ok', '✔️ ok', 'e\u0301', '한글', '\u1112\u1161\u11ab'])).toEqual([]);
  });
});
