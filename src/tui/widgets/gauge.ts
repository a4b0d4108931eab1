import type { Role, Theme } from '../theme.ts';
import { type Line, span } from './line.ts';

/** A bar of `width` columns of which `share` (0 to 1) is full; it turns to attention at 80 % and to bad at 95 %. */
export function formatGauge(share: number, theme: Theme, width: number): Line {
  const [full, empty] = theme.signs.gauge;
  const filled = Math.round(Math.max(0, Math.min(1, share)) * width);
  return [span(full.repeat(filled), gaugeRole(share)), span(empty.repeat(width - filled), 'dim')];
}

function gaugeRole(share: number): Role {
  if (share >= 0.95) return 'bad';
  return share >= 0.8 ? 'attention' : 'accent';
}
