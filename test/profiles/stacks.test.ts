import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Profile } from '#domain/profile.ts';
import { findProject } from '#profiles/find-project.ts';
import { loadProfiles } from '#profiles/load-profiles.ts';
import { createFiles } from '#system/files.ts';
import expected from '../fixtures/stacks/expected.json' with { type: 'json' };

const STACKS = path.resolve(import.meta.dirname, '../fixtures/stacks');
const files = createFiles();

describe.each(expected.stacks)('$root', (stack) => {
  const root = path.resolve(STACKS, stack.root);
  const relative = (file: string): string => path.relative(root, file) || '.';

  async function load() {
    const project = await findProject({ files, cwd: root, directory: undefined, home: undefined });
    return loadProfiles({ files, env: {}, project });
  }

  function summary(profile: Profile) {
    return {
      name: profile.name,
      role: profile.role,
      default: profile.isDefault,
      source: profile.source,
      files: profile.compose?.files.map(relative) ?? [],
      projectDirectory: profile.compose ? relative(profile.compose.projectDirectory) : null,
      envFiles: profile.env.files.map(relative),
      hostEnvFiles: profile.env.host.map(relative),
      composeProfiles: profile.compose?.profiles ?? [],
      projectName: profile.compose?.projectName ?? null,
    };
  }

  test('its profiles are found as expected.json says', async () => {
    const { profiles, project } = await load();
    expect({ name: project.name, config: project.config ? relative(project.config) : null }).toEqual({
      name: stack.name,
      config: stack.config,
    });
    const found = profiles.map((one) => ('profile' in one ? summary(one.profile) : { name: one.name, error: one.error.message }));
    const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);
    const wanted = stack.profiles.map(
      ({ startable: _s, services: _v, ports: _p, variables: _a, externalVolumes: _e, containerNames: _c, ...profile }) => profile,
    );
    expect(found.toSorted(byName)).toEqual(wanted.toSorted(byName));
  });

  test('the default comes first and there is one', async () => {
    const { profiles, defaultName } = await load();
    expect(profiles.filter((one) => 'profile' in one && one.profile.isDefault)).toHaveLength(1);
    expect(profiles[0] && 'profile' in profiles[0] ? profiles[0].profile.name : undefined).toBe(defaultName);
  });
});
