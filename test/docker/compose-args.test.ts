import { expect, test } from 'vitest';
import { buildCommandLine, buildComposeArgs } from '#docker/compose-args.ts';
import { judgeComposeVersion } from '#docker/versions.ts';
import { someInputs } from './compose-inputs.ts';

const named = '--project-name shop --project-directory /shop --file /shop/compose.yaml --file /shop/compose.dev.yaml';

test('every input is named, output is set by the version', () => {
  const facts = (version: string) => judgeComposeVersion(version).facts;
  const args = (version: string) => buildComposeArgs(someInputs(), ['up', '-d'], { facts: facts(version) }).join(' ');
  expect(args('2.26.1')).toBe(`compose ${named} --env-file /shop/.env --profile tools --ansi never --progress plain up -d`);
  expect(args('2.29.0')).toContain('--ansi never --progress json up -d');
});

test('without env files an empty one keeps a stray .env out', () => {
  expect(buildComposeArgs(someInputs({ envFiles: [], profiles: [] }), ['ps']).join(' ')).toBe(`compose ${named} --env-file /dev/null ps`);
});

test('all profiles replace the chosen ones', () => {
  expect(buildComposeArgs(someInputs({ profiles: ['a', 'b'] }), ['down'], { allProfiles: true })).toEqual(
    expect.arrayContaining(['--profile', '*']),
  );
  expect(buildComposeArgs(someInputs({ profiles: ['a', 'b'] }), ['down'], { allProfiles: true })).not.toContain('a');
});

test('the shown line names the engine only where docker alone would reach another', () => {
  const line = (decidedBy: string, context = 'default') =>
    buildCommandLine(someInputs({ endpoint: { context, host: 'unix:///s', decidedBy, remote: false } }), ['ps'])
      .slice(0, 4)
      .join(' ');
  expect(line('current context', 'colima')).toBe('docker compose --project-name shop');
  expect(line('DOCKER_HOST')).toBe('docker compose --project-name shop');
  expect(line('profile', 'colima')).toBe('docker --context colima compose');
  expect(line('profile')).toBe('docker --host unix:///s compose');
});
