import { expect, test } from 'vitest';
import { requireEnvFiles } from '#profiles/check-env-files.ts';
import { files, loadProject, profileOf } from './temporary-project.ts';

const COMPOSE = 'services:\n  web:\n    image: busybox\n';
const PROFILE = 'extends: dev\ncompose: {files: [compose.yaml]}\nenv:\n  files: [.env, .env.local]\n';

test('all missing env files are named, with where they are asked for and what to copy', async () => {
  const loaded = await loadProject({
    'devctl.yaml': 'name: shop\n',
    'compose.yaml': COMPOSE,
    'profiles/dev.yaml': PROFILE,
    '.env.example': '',
  });
  await expect(requireEnvFiles(files, profileOf(loaded, 'dev'), loaded.root)).rejects.toMatchObject({
    kind: 'usage',
    message: 'The env files of dev are missing: .env (named in profiles/dev.yaml:4:11), .env.local (named in profiles/dev.yaml:4:17).',
    hint: 'Type `cp .env.example .env` and fill it in.',
  });
});

test('the template of the profile comes first, and none is said too', async () => {
  const withTemplate = `${PROFILE}  template: env/template\n`;
  const loaded = await loadProject({
    'devctl.yaml': 'name: shop\n',
    'compose.yaml': COMPOSE,
    'profiles/dev.yaml': withTemplate,
    'env/template': '',
    '.env': '',
    '.env.local.example': '',
  });
  await expect(requireEnvFiles(files, profileOf(loaded, 'dev'), loaded.root)).rejects.toMatchObject({
    message: 'The env file of dev is missing: .env.local (named in profiles/dev.yaml:4:17).',
    hint: 'Type `cp env/template .env.local` and fill it in.',
  });
  const bare = await loadProject({ 'devctl.yaml': 'name: shop\n', 'compose.yaml': COMPOSE, 'profiles/dev.yaml': PROFILE });
  await expect(requireEnvFiles(files, profileOf(bare, 'dev'), bare.root)).rejects.toMatchObject({
    hint: 'Write .env, or take it out of env.files.',
  });
});

test('nothing is said when all are there', async () => {
  const loaded = await loadProject({ 'compose.yaml': COMPOSE, '.env': '' });
  await requireEnvFiles(files, profileOf(loaded, 'dev'), loaded.root);
});
