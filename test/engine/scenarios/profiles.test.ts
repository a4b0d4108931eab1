import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Profile } from '#domain/profile.ts';
import { findProject } from '#profiles/find-project.ts';
import { loadProfiles } from '#profiles/load-profiles.ts';
import { createFiles } from '#system/files.ts';
import expected from '../../fixtures/stacks/expected.json' with { type: 'json' };
import { requireEngine } from '../engine.ts';

const STACKS = path.resolve(import.meta.dirname, '../../fixtures/stacks');
const files = createFiles();

/** The inputs of a profile as `docker compose` takes them. */
function composeArgs({ compose, env }: Profile): readonly string[] {
  if (compose === undefined) throw new Error('host-only');
  return [
    ...['--project-name', compose.projectName, '--project-directory', compose.projectDirectory],
    ...compose.files.flatMap((file) => ['--file', file]),
    ...env.files.flatMap((file) => ['--env-file', file]),
    ...compose.profiles.flatMap((name) => ['--profile', name]),
  ];
}

describe.skipIf(!requireEngine()).each(expected.stacks)('$root', (stack) => {
  const startable = stack.profiles.filter((profile) => profile.startable);

  test.each(startable)('compose merges what the profile $name names', async ({ name, services, variables, projectName }) => {
    const project = await findProject({ files, cwd: path.resolve(STACKS, stack.root), directory: undefined, home: undefined });
    const { profiles } = await loadProfiles({ files, env: {}, project });
    const found = profiles.flatMap((one) => ('profile' in one && one.profile.name === name ? [one.profile] : []))[0];
    if (found === undefined) throw new Error(`no profile ${name}`);
    const { stdout, stderr, status } = spawnSync('docker', ['compose', ...composeArgs(found), 'config', '--format', 'json'], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...variables },
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    const model = JSON.parse(stdout) as { readonly name: string; readonly services: Readonly<Record<string, unknown>> };
    expect(model.name).toBe(projectName);
    expect(Object.keys(model.services).sort()).toEqual(Object.keys(services).sort());
  });
});
