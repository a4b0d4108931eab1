/** How strictly a stack is guarded, weakest first: throw-away, has data, production. */
export const PROTECTIONS = ['open', 'guarded', 'protected'] as const;

export type Protection = (typeof PROTECTIONS)[number];

/** What a profile is for; sets severities and defaults. */
export const ROLES = ['dev', 'test', 'e2e', 'staging', 'prod'] as const;

export type Role = (typeof ROLES)[number];

/** The protection that a role has when its profile does not say. */
export const ROLE_PROTECTION: Readonly<Record<Role, Protection>> = {
  dev: 'guarded',
  test: 'open',
  e2e: 'open',
  staging: 'protected',
  prod: 'protected',
};

/** The strictest of some protections; `open` for an empty list. */
export function strictestProtection(protections: readonly Protection[]): Protection {
  return protections.reduce<Protection>(
    (strictest, one) => (PROTECTIONS.indexOf(one) > PROTECTIONS.indexOf(strictest) ? one : strictest),
    'open',
  );
}

/** One level stricter, as for a stack on a remote engine that its profile does not name. */
export function raiseProtection(protection: Protection): Protection {
  return PROTECTIONS[Math.min(PROTECTIONS.indexOf(protection) + 1, PROTECTIONS.length - 1)] ?? 'protected';
}
