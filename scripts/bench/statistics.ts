/** Middle, extremes and count of some measured values, all in the unit of the values. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** Throws when there are no values. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: percentile(sorted, 50), min: percentile(sorted, 0), max: percentile(sorted, 100), count: sorted.length };
}

/** The value below which `percent` of the values lie, between neighbours interpolated. Throws when there are no values. */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) throw new Error('Nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  const place = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place - Math.floor(place));
}

/** `24 ms (21–31)` */
export function formatSpread({ median, min, max }: Spread): string {
  return `${formatMs(median)} (${rounded(min)}–${rounded(max)})`;
}

/** `24 ms`, small ones with a digit more. */
export function formatMs(ms: number): string {
  return `${rounded(ms)} ms`;
}

function rounded(ms: number): string {
  return Math.abs(ms) < 10 ? ms.toFixed(1) : ms.toFixed(0);
}
