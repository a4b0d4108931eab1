import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorsOf, loadProject, profileOf } from './temporary-project.ts';

const FULL = 'services:\n  web:\n    image: busybox\n';
const DB = 'services:\n  db:\n    image: postgres:17-alpine\n';
const OVERLAY = 'services:\n  web:\n    environment: {A: b}\n';

interface Layout {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** One line a profile: `name (role) project: files | env … | profiles …`; `*` marks the default. */
  readonly profiles: readonly string[];
}

const LAYOUTS: readonly Layout[] = [
  { title: 'compose.yaml alone', files: { 'compose.yaml': FULL }, profiles: ['*dev (dev) shop: compose.yaml'] },
  {
    title: 'base and override',
    files: { 'docker-compose.yml': FULL, 'docker-compose.override.yml': OVERLAY, '.env': 'A=1' },
    profiles: ['*dev (dev) shop: docker-compose.yml docker-compose.override.yml | env .env'],
  },
  {
    title: 'compose takes compose.yaml before docker-compose.yml',
    files: { 'compose.yaml': FULL, 'docker-compose.yml': FULL },
    profiles: ['*dev (dev) shop: compose.yaml'],
  },
  {
    title: 'base and production overlay; the override stays with dev',
    files: { 'docker-compose.yml': FULL, 'docker-compose.override.yml': OVERLAY, 'docker-compose.prod.yml': OVERLAY },
    profiles: [
      '*dev (dev) shop: docker-compose.yml docker-compose.override.yml',
      'prod (prod) shop-prod: docker-compose.yml docker-compose.prod.yml',
    ],
  },
  {
    title: 'long names map to short ones, and env files follow',
    files: {
      'compose.yaml': FULL,
      'compose.production.yaml': OVERLAY,
      'compose.testing.yaml': OVERLAY,
      'compose.staging.yaml': OVERLAY,
      '.env': '',
      '.env.prod': '',
      '.env.test': '',
    },
    profiles: [
      '*dev (dev) shop: compose.yaml | env .env',
      'prod (prod) shop-prod: compose.yaml compose.production.yaml | env .env .env.prod',
      'staging (staging) shop-staging: compose.yaml compose.staging.yaml | env .env',
      'test (test) shop-test: compose.yaml compose.testing.yaml | env .env .env.test',
    ],
  },
  {
    title: 'dev and prod overlays on one base',
    files: { 'docker-compose.yml': FULL, 'docker-compose.dev.yml': OVERLAY, 'docker-compose.prod.yml': OVERLAY },
    profiles: [
      '*dev (dev) shop: docker-compose.yml docker-compose.dev.yml',
      'prod (prod) shop-prod: docker-compose.yml docker-compose.prod.yml',
    ],
  },
  {
    title: 'a common file instead of a base',
    files: { 'docker-compose.common.yml': FULL, 'docker-compose.dev.yml': OVERLAY, 'docker-compose.prod.yml': OVERLAY },
    profiles: [
      '*dev (dev) shop: docker-compose.common.yml docker-compose.dev.yml',
      'prod (prod) shop-prod: docker-compose.common.yml docker-compose.prod.yml',
    ],
  },
  {
    title: 'two standalone files without base',
    files: { 'compose.dev.yaml': FULL, 'compose.prod.yaml': FULL },
    profiles: ['*dev (dev) shop: compose.dev.yaml', 'prod (prod) shop-prod: compose.prod.yaml'],
  },
  {
    title: 'one standalone production file',
    files: { 'docker-compose.prod.yml': FULL },
    profiles: ['*prod (prod) shop: docker-compose.prod.yml'],
  },
  {
    title: 'a standalone dev file beside a complete base',
    files: { 'docker-compose.yml': FULL, 'docker-compose.dev.yml': DB },
    profiles: ['*dev (dev) shop: docker-compose.dev.yml', 'default (dev) shop-default: docker-compose.yml'],
  },
  {
    title: 'docker/ folder with the env file in the root',
    files: { 'docker/docker-compose.yml': FULL, 'docker/docker-compose.prod.yml': OVERLAY, '.env': '' },
    profiles: [
      '*dev (dev) shop: docker/docker-compose.yml | env .env',
      'prod (prod) shop-prod: docker/docker-compose.yml docker/docker-compose.prod.yml | env .env',
    ],
  },
  {
    title: 'overlays in a folder on the base in the root',
    files: { 'compose.yaml': FULL, 'deploy/compose.prod.yaml': OVERLAY },
    profiles: ['*dev (dev) shop: compose.yaml', 'prod (prod) shop-prod: compose.yaml deploy/compose.prod.yaml'],
  },
  {
    title: 'a second stack in deploy/',
    files: { 'compose.yaml': FULL, 'deploy/docker-compose.yml': FULL, 'deploy/.env': '' },
    profiles: ['*dev (dev) shop: compose.yaml', 'deploy (prod) shop-deploy: deploy/docker-compose.yml | env deploy/.env'],
  },
  {
    title: 'one folder per environment',
    files: { 'deploy/dev/compose.yaml': FULL, 'deploy/prod/compose.yaml': FULL, 'deploy/prod/.env': '' },
    profiles: ['*dev (dev) shop: deploy/dev/compose.yaml', 'prod (prod) shop-prod: deploy/prod/compose.yaml | env deploy/prod/.env'],
  },
  {
    title: 'end-to-end tests behind a compose profile',
    files: { 'compose.yaml': FULL, 'tests/e2e/docker-compose.yml': 'services: {web: {image: busybox, profiles: [e2e]}}' },
    profiles: ['*dev (dev) shop: compose.yaml', 'e2e (e2e) shop-e2e: tests/e2e/docker-compose.yml | profiles e2e'],
  },
  {
    title: 'compose profiles called like environments; tools is none',
    files: {
      'compose.yaml':
        'services: {db: {image: busybox}, t: {image: busybox, profiles: [test]}, p: {image: busybox, profiles: [production]}, x: {image: busybox, profiles: [tools]}}',
    },
    profiles: [
      '*dev (dev) shop: compose.yaml',
      'prod (prod) shop-prod: compose.yaml | profiles production',
      'test (test) shop-test: compose.yaml | profiles test',
    ],
  },
  {
    title: 'COMPOSE_FILE, COMPOSE_PROFILES and COMPOSE_PROJECT_NAME in .env',
    files: {
      '.env': 'COMPOSE_FILE=compose.yaml:extra/web.yaml\nCOMPOSE_PROFILES=tools,mail\nCOMPOSE_PROJECT_NAME="corner-shop"\n',
      'compose.yaml': FULL,
      'extra/web.yaml': OVERLAY,
      'compose.test.yaml': OVERLAY,
    },
    profiles: [
      '*dev (dev) corner-shop: compose.yaml extra/web.yaml | env .env | profiles tools mail',
      'test (test) corner-shop-test: compose.yaml compose.test.yaml | env .env',
    ],
  },
  {
    title: 'COMPOSE_FILE that means production',
    files: {
      '.env': 'COMPOSE_FILE=docker-compose.yml:docker-compose.prod.yml\n',
      'docker-compose.yml': FULL,
      'docker-compose.prod.yml': OVERLAY,
    },
    profiles: [
      '*prod (prod) shop: docker-compose.yml docker-compose.prod.yml | env .env',
      'dev (dev) shop-dev: docker-compose.yml | env .env',
    ],
  },
  {
    title: 'the environment beats .env',
    files: { '.env': 'COMPOSE_FILE=compose.yaml', 'compose.yaml': FULL, 'other.yaml': DB },
    env: { COMPOSE_FILE: 'other.yaml', COMPOSE_ENV_FILES: 'a.env,b.env' },
    profiles: ['*dev (dev) shop: other.yaml | env a.env b.env'],
  },
  {
    title: 'usage comments give chains, env files, compose profiles and project names',
    files: {
      'compose.yaml': FULL,
      'compose.prod.yaml': OVERLAY,
      'compose.box.yaml':
        '# docker compose -p shop-on-box -f compose.yaml -f compose.prod.yaml -f compose.box.yaml --env-file box.env --profile tools up -d\nservices: {web: {ports: ["80:80"]}}\n',
      'box.env': '',
    },
    profiles: [
      '*dev (dev) shop: compose.yaml',
      'box (prod) shop-on-box: compose.yaml compose.prod.yaml compose.box.yaml | env box.env | profiles tools',
      'prod (prod) shop-prod: compose.yaml compose.prod.yaml',
    ],
  },
  {
    title: 'a script that says so makes a complete file an overlay',
    files: {
      'compose.yaml': FULL,
      'compose.ci.yaml': 'services: {web: {image: busybox:ci}}',
      'package.json': '{"scripts": {"ci": "docker compose -f compose.yaml -f compose.ci.yaml up --wait && vitest"}}',
    },
    profiles: ['*dev (dev) shop: compose.yaml', 'ci (test) shop-ci: compose.yaml compose.ci.yaml'],
  },
  {
    title: 'names with several parts',
    files: { 'compose.yaml': FULL, 'compose.prod.yaml': OVERLAY, 'compose.prod.eu.yaml': OVERLAY },
    profiles: [
      '*dev (dev) shop: compose.yaml',
      'prod (prod) shop-prod: compose.yaml compose.prod.yaml',
      'prod-eu (prod) shop-prod-eu: compose.yaml compose.prod.yaml compose.prod.eu.yaml',
    ],
  },
  {
    title: "a name in the files is the default's; a standalone file keeps its own",
    files: {
      'compose.yaml': `name: corner\n${FULL}`,
      'compose.test.yaml': OVERLAY,
      'compose.e2e.yaml': `name: "corner-e2e-stack" # own\n${DB}`,
    },
    profiles: [
      '*dev (dev) corner: compose.yaml',
      'e2e (e2e) corner-e2e-stack: compose.e2e.yaml',
      'test (test) corner-test: compose.yaml compose.test.yaml',
    ],
  },
  {
    title: 'an overlay is told by a dependency that is not in it',
    files: { 'compose.yaml': DB, 'compose.test.yaml': 'services: {t: {image: busybox, depends_on: [db]}}' },
    profiles: ['*dev (dev) shop: compose.yaml', 'test (test) shop-test: compose.yaml compose.test.yaml'],
  },
  {
    title: 'only an include',
    files: { 'compose.yaml': 'include: [infra/compose.yaml]\n', 'other/x.yaml': FULL },
    profiles: ['*dev (dev) shop: compose.yaml'],
  },
];

describe('profiles without devctl.yaml', () => {
  test.each(LAYOUTS)('$title', async ({ files, env, profiles }) => {
    const loaded = await loadProject(files, env);
    expect(errorsOf(loaded)).toEqual({});
    const lines = loaded.profiles.map((one) => ('profile' in one ? describeProfile(one.profile, loaded.root) : one.name));
    expect(lines).toEqual([...profiles].sort((a, b) => lines.indexOf(a) - lines.indexOf(b)));
    expect(loaded.profiles.every((one) => 'profile' in one && one.profile.source === 'inferred')).toBe(true);
  });

  test('one broken file leaves the other profiles usable', async () => {
    const loaded = await loadProject({ 'compose.yaml': FULL, 'compose.prod.yaml': 'services: [\n', 'compose.test.yaml': OVERLAY });
    expect(Object.keys(errorsOf(loaded))).toEqual(['prod']);
    expect(errorsOf(loaded).prod).toMatch(/^compose\.prod\.yaml:2:1: not valid YAML/);
    expect(profileOf(loaded, 'test').compose?.files).toHaveLength(2);
  });

  test('an overlay without a base is an error that says why', async () => {
    const loaded = await loadProject({ 'docker-compose.prod.yml': OVERLAY });
    expect(errorsOf(loaded)).toEqual({
      prod: 'docker-compose.prod.yml:1:1: this is an overlay (`web` has neither image nor build here), and there is no base file to lay it upon',
    });
  });

  test('scripts of package.json are commands, run by the package manager of the project', async () => {
    const scripts = { dev: 'next dev', 'db:migrate': 'x', postinstall: 'y' };
    const loaded = await loadProject({
      'compose.yaml': FULL,
      'package.json': JSON.stringify({ scripts }, undefined, 2),
      'pnpm-lock.yaml': '',
    });
    const dev = profileOf(loaded, 'dev');
    expect(Object.entries(dev.commands).map(([name, one]) => [name, one.run, one.command])).toEqual([
      ['dev', 'host', 'pnpm run dev'],
      ['db:migrate', 'host', 'pnpm run db:migrate'],
    ]);
    expect(dev.origin['commands.db:migrate.command']).toMatchObject({ file: path.join(loaded.root, 'package.json'), line: 4 });
  });

  test('staging lives by the rules of production', async () => {
    const loaded = await loadProject({ 'compose.yaml': FULL, 'compose.staging.yaml': OVERLAY });
    expect(profileOf(loaded, 'staging')).toMatchObject({ role: 'staging', protection: 'protected' });
  });

  test('no file is read that is not a compose file by its name', async () => {
    const loaded = await loadProject({
      'compose.yaml': FULL,
      'docker/volumes.yml': '[',
      'docker/prometheus.yml': '[',
      'docker-compose.yml.bak': '[',
    });
    expect(loaded.profiles).toHaveLength(1);
  });
});

function describeProfile(profile: ReturnType<typeof profileOf>, root: string): string {
  const relative = (file: string): string => path.relative(root, file);
  const { compose } = profile;
  return [
    `${profile.isDefault ? '*' : ''}${profile.name} (${profile.role}) ${compose?.projectName}: ${compose?.files.map(relative).join(' ')}`,
    ...(profile.env.files.length > 0 ? [`env ${profile.env.files.map(relative).join(' ')}`] : []),
    ...(compose && compose.profiles.length > 0 ? [`profiles ${compose.profiles.join(' ')}`] : []),
  ].join(' | ');
}
