import { describe, expect, test } from 'vitest';
import { COMPOSE_LABEL } from '#domain/container.ts';
import { type DriftFacts, driftOf, findDrift, hasUnreliableHash } from '#session/drift.ts';
import { fakeCompose, shopInputs } from '../fakes/compose.ts';
import { fakeEngine } from '../fakes/engine.ts';
import { memoryFiles } from '../fakes/files.ts';
import { aContainer, aModel } from './builders.ts';

const facts: DriftFacts = {
  hashes: { api: 'now' },
  composeVersion: '2.26.1-4',
  files: ['/shop/compose.yaml', '/shop/compose.dev.yaml'],
  imageIds: new Map([['api:latest', 'sha256:1']]),
  isUnreliable: false,
};

function made(hash: string, files = facts.files.join(','), version = '2.26.1') {
  return aContainer('api', {
    labels: { [COMPOSE_LABEL.configHash]: hash, [COMPOSE_LABEL.configFiles]: files, [COMPOSE_LABEL.version]: version },
  });
}

describe('driftOf', () => {
  test('none: same hash, also when it was made from another list of files', () => {
    expect(driftOf('api', [made('now')], facts)).toBe('none');
    expect(driftOf('api', [made('now', '/shop/compose.yaml')], facts)).toBe('none');
  });

  test('image: its reference names another image now', () => {
    expect(driftOf('api', [made('now')], { ...facts, imageIds: new Map([['api:latest', 'sha256:2']]) })).toBe('image');
    expect(driftOf('api', [made('now')], { ...facts, imageIds: new Map([['api:latest', undefined]]) })).toBe('none');
  });

  test('config: another hash from the same files and version', () => {
    expect(driftOf('api', [made('now'), made('then')], facts)).toBe('config');
  });

  test('files: another hash from another list of files', () => {
    expect(driftOf('api', [made('then', '/shop/compose.yaml')], facts)).toBe('files');
  });

  test('unknown: another version of compose, hashes that cannot be trusted, an inactive profile', () => {
    expect(driftOf('api', [made('then', undefined, '2.40.3')], facts)).toBe('unknown');
    expect(driftOf('api', [made('then')], { ...facts, isUnreliable: true })).toBe('unknown');
    expect(driftOf('tools', [made('then')], facts)).toBe('unknown');
  });
});

test.each([
  ['    env_file: .env', true],
  ['    env_file:\n      - .env', true],
  ['    network_mode: "service:db"', true],
  ['    network_mode: host', false],
  ['    # env_file: no', false],
  ['    command: echo env_file: no', false],
])('hasUnreliableHash(%j) is %s', (text, is) => {
  expect(hasUnreliableHash(`services:\n  api:\n${text}\n`)).toBe(is);
});

test('findDrift reads what it needs and answers per service', async () => {
  const compose = fakeCompose(aModel());
  compose.hashesByService = { api: 'now', db: 'hash-db' };
  const files = memoryFiles(new Map([['/shop/compose.yaml', 'services: {}']]));
  const containers = { 'api-1': made('then', '/shop/compose.yaml'), 'db-1': aContainer('db') };
  const drift = await findDrift(containers, { compose, inputs: shopInputs, files, engine: fakeEngine() });
  expect(drift).toEqual({ api: 'config', db: 'none' });
});
