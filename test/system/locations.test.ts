import { expect, test } from 'vitest';
import { resolveLocations } from '#system/locations.ts';

test('defaults below the home directory', () => {
  expect(resolveLocations({}, '/home/ann')).toEqual({
    data: '/home/ann/.local/share/devctl',
    state: '/home/ann/.local/state/devctl',
    config: '/home/ann/.config/devctl',
    cache: '/home/ann/.cache/devctl',
  });
});

test('XDG variables count when they are absolute', () => {
  expect(resolveLocations({ XDG_STATE_HOME: '/s', XDG_CACHE_HOME: 'relative' }, '/h')).toMatchObject({
    state: '/s/devctl',
    cache: '/h/.cache/devctl',
  });
});
