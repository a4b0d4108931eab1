import { expect, test } from 'vitest';
import { COMPOSE_LABEL } from '#domain/container.ts';
import { findForeignStack, foreignStackOf, workingDirectories } from '#session/foreign.ts';
import { aContainer } from './builders.ts';

const from = (directory: string, draft = {}) => aContainer('api', { labels: { [COMPOSE_LABEL.workingDirectory]: directory }, ...draft });

test('the directories of the containers, one-offs left out', () => {
  expect(workingDirectories([from('/b'), from('/a'), from('/b'), from('/c', { oneOff: true })])).toEqual(['/a', '/b']);
});

test('another directory makes a stack foreign', () => {
  expect(foreignStackOf(['/shop'], '/shop')).toBeUndefined();
  expect(foreignStackOf([], '/shop')).toBeUndefined();
  expect(foreignStackOf(['/shop', '/other'], '/shop')).toEqual({ reason: 'other-directory', found: '/other', expected: '/shop' });
});

test('a link to the same directory does not', async () => {
  const files = { realpath: async (path: string) => path.replace('/link', '/shop') };
  expect(await findForeignStack(['/link'], '/shop', files)).toBeUndefined();
  expect(await findForeignStack(['/shop'], '/link', files)).toBeUndefined();
});
