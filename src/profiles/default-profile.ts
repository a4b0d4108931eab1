import { ROLES, type Role } from '#domain/protection.ts';
import { compareText } from '#domain/text.ts';

/** The profile that is taken when none is named: `dev`, or the only one. */
export function chooseDefault(names: readonly string[]): string | undefined {
  if (names.includes('dev')) return 'dev';
  return names.length === 1 ? names[0] : undefined;
}

/** Order in lists: the default, then by role, then by name. */
export function compareProfiles(a: Ranked, b: Ranked): number {
  return Number(b.isDefault) - Number(a.isDefault) || rank(a) - rank(b) || compareText(a.name, b.name);
}

interface Ranked {
  readonly name: string;
  readonly isDefault: boolean;
  readonly role: Role | undefined;
}

function rank({ role }: Ranked): number {
  return role === undefined ? ROLES.length : ROLES.indexOf(role);
}
