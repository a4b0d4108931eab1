import { describe, expect, test } from 'vitest';
import { DevctlError } from '#domain/error.ts';
import type { Profile, ProfileOrError } from '#domain/profile.ts';
import type { Protection } from '#domain/protection.ts';
import { type SelectRequest, selectProfile } from '#profiles/select.ts';

function profile(name: string, protection: Protection): ProfileOrError {
  const empty: Profile = {
    name,
    description: undefined,
    role: 'dev',
    protection,
    source: 'file',
    isDefault: name === 'dev',
    compose: undefined,
    requires: [],
    env: { files: [], host: [], pass: [], template: undefined, required: [] },
    engine: { context: undefined, host: undefined },
    health: { deadlineSeconds: 1, probes: [] },
    commands: {},
    hooks: { afterUp: undefined, beforeDown: undefined },
    origin: {},
  };
  return { profile: empty };
}

const broken: ProfileOrError = { name: 'odd', error: new DevctlError('usage', 'profiles/odd.yaml:1:1: the file is empty') };
const REQUEST: SelectRequest = {
  profiles: [profile('dev', 'guarded'), profile('test', 'open'), profile('prod', 'protected'), broken],
  defaultName: 'dev',
  requested: undefined,
  env: {},
  remembered: { lastUsed: undefined, pinned: undefined },
  isTerminal: true,
  projectName: 'shop',
};

describe('selectProfile', () => {
  test.each<[string, Partial<SelectRequest>, string]>([
    ['the default', {}, 'dev'],
    ['-p before DEVCTL_PROFILE', { requested: 'test', env: { DEVCTL_PROFILE: 'prod' } }, 'test'],
    [
      'DEVCTL_PROFILE before the last used one',
      { env: { DEVCTL_PROFILE: 'prod' }, remembered: { lastUsed: 'test', pinned: undefined } },
      'prod',
    ],
    ['an empty DEVCTL_PROFILE is none', { env: { DEVCTL_PROFILE: '' } }, 'dev'],
    ['the last used one on a terminal', { remembered: { lastUsed: 'test', pinned: undefined } }, 'test'],
    ['but not elsewhere', { remembered: { lastUsed: 'test', pinned: undefined }, isTerminal: false }, 'dev'],
    ['never a protected one, even if it was not when remembered', { remembered: { lastUsed: 'prod', pinned: undefined } }, 'dev'],
    ['a last used one that is gone or broken is forgotten', { remembered: { lastUsed: 'odd', pinned: undefined } }, 'dev'],
    ['the pin of the machine', { remembered: { lastUsed: 'test', pinned: 'prod' }, isTerminal: false }, 'prod'],
    ['the pin and -p agree', { requested: 'prod', remembered: { lastUsed: undefined, pinned: 'prod' } }, 'prod'],
  ])('%s', (_, change, expected) => {
    expect(selectProfile({ ...REQUEST, ...change }).name).toBe(expected);
  });

  test.each<[string, Partial<SelectRequest>, { kind: string; message: string; hint: string | undefined }]>([
    [
      'unknown, misspelt',
      { requested: 'tesst' },
      {
        kind: 'usage',
        message: 'No profile "tesst" in this project; it has dev, test, prod, odd.',
        hint: 'Did you mean `devctl -p test …`?',
      },
    ],
    [
      'unknown from DEVCTL_PROFILE',
      { env: { DEVCTL_PROFILE: 'elsewhere' } },
      {
        kind: 'usage',
        message: 'No profile "elsewhere" in this project (from DEVCTL_PROFILE); it has dev, test, prod, odd.',
        hint: 'Type `devctl profiles list` to see them.',
      },
    ],
    [
      "compose's -p",
      { requested: 'shop' },
      {
        kind: 'usage',
        message: "shop is the project, not a profile: that is compose's -p; devctl's -p is the profile.",
        hint: 'Leave -p out, or name a profile: dev, test, prod, odd.',
      },
    ],
    ['broken', { requested: 'odd' }, { kind: 'usage', message: 'profiles/odd.yaml:1:1: the file is empty', hint: undefined }],
    [
      'another one than the pin',
      { requested: 'dev', remembered: { lastUsed: undefined, pinned: 'prod' } },
      {
        kind: 'refused',
        message: 'This machine is for the profile prod only, and -p names dev.',
        hint: 'Leave -p out, or lift it with `devctl use dev --this-machine`.',
      },
    ],
    [
      'none is obvious',
      { defaultName: undefined },
      {
        kind: 'usage',
        message: 'No profile is named, and none of dev, test, prod, odd is the default.',
        hint: 'Type `devctl -p dev …`, or write `default: …` into devctl.yaml.',
      },
    ],
  ])('%s: an error that says what to type', (_, change, expected) => {
    const select = (): Profile => selectProfile({ ...REQUEST, ...change });
    expect(select).toThrow(DevctlError);
    try {
      select();
    } catch (error) {
      const { kind, message, hint } = error as DevctlError;
      expect({ kind, message, hint }).toEqual(expected);
    }
  });
});
