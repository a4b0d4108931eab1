import type { Clearance, ClearanceRegister } from '#domain/clearance.ts';
import { DevctlError } from '#domain/error.ts';
import type { Step } from '#domain/plan.ts';

/** Throws `bug` unless the clearance lives and holds this step: nothing that changes the world runs without the gate. */
export function requireCleared(register: ClearanceRegister, clearance: Clearance, step: Step): void {
  if (register.holds(clearance, step)) return;
  throw new DevctlError('bug', `"${step.what}" was not cleared by the gate; it was not run.`);
}

/** Throws `bug` when what is about to be done is not what the cleared step says. */
export function requireEffect(step: Step, matches: boolean): void {
  if (matches) return;
  throw new DevctlError('bug', `"${step.what}" was cleared for something else; it was not run.`);
}
