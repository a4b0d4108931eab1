import { expect, test } from 'vitest';
import { isAtLeast, judgeComposeVersion } from '#docker/versions.ts';

test.each([
  ['2.26.1-4\n', { progressJson: false, volumeRecreatePrompt: false, progressStates: false }],
  ['v2.29.0-desktop.2', { progressJson: true, volumeRecreatePrompt: false, progressStates: false }],
  ['2.40.3', { progressJson: true, volumeRecreatePrompt: true, progressStates: false }],
  ['5.6.1', { progressJson: true, volumeRecreatePrompt: true, progressStates: true }],
])('facts of %s', (text, facts) => expect(judgeComposeVersion(text).facts).toEqual(facts));

test.each(['2.25.0', '2.26.0', '1.29.2'])('%s is refused', (text) => {
  expect(() => judgeComposeVersion(text)).toThrow(
    expect.objectContaining({ kind: 'environment', message: expect.stringContaining('2.26.1 or newer') }),
  );
});

test('what is no version is told', () => expect(() => judgeComposeVersion('dev')).toThrow('answered "dev"'));

test('numbers are compared as numbers, missing ones count as 0', () => {
  expect(isAtLeast('2.9', '2.10')).toBe(false);
  expect(isAtLeast('1.44', '1.44')).toBe(true);
  expect(isAtLeast('3', '2.99.9')).toBe(true);
});
