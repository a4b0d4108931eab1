/**
 * How bad the worst thing is that a plan can do, mildest first (design: the gate, "Risk").
 *
 * - `none`: reads, or only adds.
 * - `interrupts`: availability only; comes back by itself or by `up`.
 * - `recreates`: loses what can be made again (container layers, images, orphans).
 * - `destroys`: loses data of which a proven checkpoint exists or is made first.
 * - `irrecoverable`: loses data for good, or an effect that cannot be judged.
 */
export const RISKS = ['none', 'interrupts', 'recreates', 'destroys', 'irrecoverable'] as const;

export type Risk = (typeof RISKS)[number];

/** The highest of some risks; `none` for an empty list. */
export function highestRisk(risks: readonly Risk[]): Risk {
  return risks.reduce<Risk>((worst, risk) => (isRiskier(risk, worst) ? risk : worst), 'none');
}

/** Whether `risk` is strictly worse than `other`. */
export function isRiskier(risk: Risk, other: Risk): boolean {
  return RISKS.indexOf(risk) > RISKS.indexOf(other);
}
