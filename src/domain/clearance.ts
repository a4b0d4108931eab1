import type { Step } from './plan.ts';

declare const cleared: unique symbol;

/**
 * The proof that the gate let one plan through. Only `actions/gate.ts` makes one; every method of an adapter that
 * stops, removes or overwrites something takes `(clearance, step)` and asks the register before it acts.
 */
export interface Clearance {
  readonly [cleared]: true;
  readonly planHash: string;
  readonly grantedBy: 'no-risk' | 'answer' | 'flag' | 'approval' | 'recovery';
}

/** The clearances that live; filled by the gate, asked by the adapters. */
export interface ClearanceRegister {
  /** Whether this very clearance lives and its plan holds this very step. */
  holds(clearance: Clearance, step: Step): boolean;
}
