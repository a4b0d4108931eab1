import type { Theme } from '../theme.ts';

/** The last `width` values as bars, scaled to the largest (at least `floor`); negative values are failures and show as a sign. */
export function formatSparkline(
  values: readonly number[],
  theme: Theme,
  shape: { readonly width: number; readonly floor: number },
): string {
  const shown = values.slice(-shape.width);
  const top = Math.max(shape.floor, ...shown);
  return shown.map((value) => (value < 0 ? theme.signs.failed : barFor(value / top, theme))).join('');
}

function barFor(share: number, theme: Theme): string {
  const { bars } = theme.signs;
  return bars[Math.min(bars.length - 1, Math.floor(share * bars.length))] ?? '';
}
