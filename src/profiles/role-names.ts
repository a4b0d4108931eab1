import type { Role } from '#domain/protection.ts';

/** The profile that a word in a file name means: `development` → `dev`; any other word is its own profile. */
export function profileNameOf(word: string): string {
  return SYNONYMS[word] ?? word;
}

/** What a profile of this name is for, judged by the name alone; undefined when it says nothing. */
export function roleOfName(name: string): Role | undefined {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  return ROLE_WORDS.find(([, pattern]) => words.some((word) => pattern.test(word)))?.[0];
}

const SYNONYMS: Readonly<Record<string, string>> = {
  development: 'dev',
  develop: 'dev',
  testing: 'test',
  tests: 'test',
  production: 'prod',
  stage: 'staging',
};

// Strictest first: `prod-test` is production until somebody says otherwise.
const ROLE_WORDS: readonly (readonly [Role, RegExp])[] = [
  ['prod', /^(prod|production|live|deploy|deployment|release)$/],
  ['staging', /^(stag|stage|staging|preprod|preview|uat)$/],
  ['e2e', /^(e2e|playwright|cypress|acceptance)$/],
  ['test', /^(test|tests|testing|ci|integration)$/],
  ['dev', /^(dev|devel|develop|development|local)$/],
];
