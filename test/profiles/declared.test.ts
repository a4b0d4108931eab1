import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatOrigin } from '#profiles/format-origin.ts';
import { loadProject, profileOf } from './temporary-project.ts';

const COMPOSE = 'services:\n  web:\n    image: busybox\n';

/** The example of design/profiles.md, every documented field. */
const PROD = `extends: prod
description: Self-hosted box behind the tunnel
role: prod                     # dev | test | e2e | staging | prod: sets severities and defaults
protection: protected          # open | guarded | protected (gate.md)
compose:
  files: [docker/docker-compose.yml, docker/docker-compose.prod.yml, docker/compose.selfhosted.yaml]
  profiles: []
  projectName: shop-prod
requires: [secrets]
env:
  files: [.env, .env.production]
  host: [.env.local]
  pass: [APP_VERSION, DATABASE_URL]
  template: .env.example
  required: [DATABASE_URL, SESSION_SECRET]
engine:
  context: prod-box
health:
  deadline: 120s
  probes:
    - {name: api, http: http://localhost:3001/api/health, expect: {status: 200, json: {status: healthy}}, degraded: {json: {status: degraded}, slowerThan: 800ms}, every: 10s, timeout: 3s}
    - {name: db, sql: postgres}
    - {name: cache, tcp: localhost:6379}
migrations:
  tool: drizzle
  run: container
  service: app
  command: pnpm db:migrate:container
  url: {env: DATABASE_URL}
seed: {run: host, command: pnpm db:seed}
data:
  sources:
    - {service: postgres, kind: postgres}
    - {volume: uploads, kind: volume}
    - {url: {env: DATABASE_URL}, kind: postgres}
  keep: [{daily: 7, weekly: 4, monthly: 3}, {within: 7d, monthlyWithin: 1y}]
  safety: {last: 10, within: 7d, limit: 5GB}
  offsite: {s3: {endpoint: https://s3.eu-central-003.backblazeb2.com, bucket: shop-backups, prefix: prod/, keys: {env: [B2_KEY_ID, B2_KEY]}}, limit: 10GB}
  encrypt: {age: [age1qqqq]}
  schedule: {at: ["02:00", "14:00"], zone: Europe/Berlin, drill: {on: sun, at: "04:00"}}
  objectives: {rpo: 24h, rto: 4h}
releases: {keep: 5, tag: true}
notify:
  - {slack: {env: SLACK_WEBHOOK}, on: [failure, warning, success, info]}
commands:
  lint: {run: host, command: pnpm lint}
  psql-stats: {service: postgres, command: psql -c 'select 1'}
hooks: {afterUp: ./scripts/warm-cache.sh, beforeDown: ./scripts/drain.sh}
`;

const PROJECT = {
  'devctl.yaml': 'name: shop\ndefault: dev\nenv: {template: .env.sample, required: [A]}\nhealth: {deadline: 45s}\nprotection: guarded\n',
  'profiles/prod.yaml': PROD,
  'profiles/dev.yaml': 'extends: dev\ncompose: {files: [docker/docker-compose.yml], projectName: shop}\n',
  'profiles/secrets.yaml': 'extends: test\ncompose: {files: [docker/docker-compose.yml]}\n',
  'docker/docker-compose.yml': COMPOSE,
  'docker/docker-compose.prod.yml': COMPOSE,
  'docker/compose.selfhosted.yaml': COMPOSE,
};

describe('declared profiles', () => {
  test('every documented field is understood, with absolute paths and seconds', async () => {
    const loaded = await loadProject(PROJECT);
    const { origin, ...prod } = profileOf(loaded, 'prod');
    const at = (file: string): string => path.join(loaded.root, file);
    expect(prod).toEqual({
      name: 'prod',
      description: 'Self-hosted box behind the tunnel',
      role: 'prod',
      protection: 'protected',
      source: 'file',
      isDefault: false,
      compose: {
        files: ['docker/docker-compose.yml', 'docker/docker-compose.prod.yml', 'docker/compose.selfhosted.yaml'].map(at),
        profiles: [],
        projectName: 'shop-prod',
        projectDirectory: at('docker'),
      },
      requires: ['secrets'],
      env: {
        files: ['.env', '.env.production'].map(at),
        host: [at('.env.local')],
        pass: ['APP_VERSION', 'DATABASE_URL'],
        template: at('.env.example'),
        required: ['DATABASE_URL', 'SESSION_SECRET'],
      },
      engine: { context: 'prod-box', host: undefined },
      health: {
        deadlineSeconds: 120,
        probes: [
          {
            kind: 'http',
            name: 'api',
            service: undefined,
            url: 'http://localhost:3001/api/health',
            everySeconds: 10,
            timeoutSeconds: 3,
            expect: { status: 200, json: { status: 'healthy' } },
            degraded: { json: { status: 'degraded' }, slowerThanMs: 800 },
          },
          {
            kind: 'sql',
            name: 'db',
            service: 'postgres',
            target: 'postgres',
            everySeconds: 10,
            timeoutSeconds: 3,
            expect: {},
            degraded: undefined,
          },
          {
            kind: 'tcp',
            name: 'cache',
            service: undefined,
            host: 'localhost',
            port: 6379,
            everySeconds: 10,
            timeoutSeconds: 3,
            expect: {},
            degraded: undefined,
          },
        ],
      },
      commands: {
        lint: { run: 'host', service: undefined, command: 'pnpm lint', description: undefined },
        'psql-stats': { run: 'service', service: 'postgres', command: "psql -c 'select 1'", description: undefined },
      },
      hooks: { afterUp: './scripts/warm-cache.sh', beforeDown: './scripts/drain.sh' },
    });
    expect(origin['compose.files.1']).toEqual({
      file: at('profiles/prod.yaml'),
      line: 6,
      column: 38,
      value: 'docker/docker-compose.prod.yml',
    });
  });

  test('the more specific wins: shipped, then devctl.yaml, then the profile', async () => {
    const loaded = await loadProject(PROJECT);
    expect(profileOf(loaded, 'dev')).toMatchObject({
      protection: 'guarded',
      health: { deadlineSeconds: 45 },
      env: { required: ['A'] },
      isDefault: true,
    });
    expect(profileOf(loaded, 'prod')).toMatchObject({ protection: 'protected', health: { deadlineSeconds: 120 } });
    expect(profileOf(loaded, 'secrets')).toMatchObject({ role: 'test', protection: 'guarded', compose: { projectName: 'shop-secrets' } });
  });

  test('lists replace, maps merge, an engine replaces the whole engine', async () => {
    const loaded = await loadProject({
      'devctl.yaml':
        'name: shop\nengine: {context: one}\ncommands: {a: {command: x}, b: {command: y}}\nenv: {required: [A, B]}\nprofiles:\n  dev:\n    engine: {host: "ssh://box"}\n    commands: {b: {command: z}, c: {command: w}}\n    env: {required: [C]}\n',
    });
    const dev = profileOf(loaded, 'dev');
    expect(dev.engine).toEqual({ context: undefined, host: 'ssh://box' });
    expect(Object.entries(dev.commands).map(([name, one]) => `${name}=${one.command}`)).toEqual(['a=x', 'b=z', 'c=w']);
    expect(dev.env.required).toEqual(['C']);
    expect(Object.keys(dev.origin).filter((key) => key.startsWith('engine'))).toEqual(['engine.host']);
    expect(dev.origin['env.required.0']?.line).toBe(9);
    expect(dev.origin['commands.a.command']?.line).toBe(3);
  });

  test('a chain through profiles of the project down to a shipped one of the same name', async () => {
    const loaded = await loadProject({
      'devctl.yaml':
        'name: shop\nprofiles:\n  dev: {extends: dev, description: mine}\n  local: {extends: dev, env: {host: [.env.local]}}\n',
    });
    expect(profileOf(loaded, 'local')).toMatchObject({ description: 'mine', role: 'dev', protection: 'guarded', compose: undefined });
  });

  test('without extends and role the name says the role', async () => {
    const loaded = await loadProject({ 'devctl.yaml': 'name: shop\nprofiles:\n  production: {description: x}\n  odd: {description: y}\n' });
    expect(profileOf(loaded, 'production')).toMatchObject({ role: 'prod', protection: 'protected' });
    expect(profileOf(loaded, 'odd')).toMatchObject({ role: 'dev', protection: 'guarded' });
    expect(loaded.defaultName).toBeUndefined();
  });

  test('an unpinned profile never takes the name of the default', async () => {
    const loaded = await loadProject({
      'devctl.yaml':
        'name: shop\nprofiles:\n  dev: {compose: {files: [compose.yaml]}}\n  test: {compose: {files: [compose.yaml, compose.test.yaml]}}\n',
      'compose.yaml': `name: corner\n${COMPOSE}`,
      'compose.test.yaml': COMPOSE,
    });
    expect(profileOf(loaded, 'dev').compose?.projectName).toBe('corner');
    expect(profileOf(loaded, 'test').compose?.projectName).toBe('shop-test');
  });

  test('devctl.yaml without profiles goes with inferred ones and its own settings', async () => {
    const loaded = await loadProject({ 'devctl.yaml': 'name: corner\nhealth: {deadline: 5m}\n', 'compose.yaml': COMPOSE });
    expect(profileOf(loaded, 'dev')).toMatchObject({
      source: 'inferred',
      compose: { projectName: 'corner' },
      health: { deadlineSeconds: 300 },
    });
  });

  test('devctl.yaml without profiles and compose files goes with the shipped dev', async () => {
    const loaded = await loadProject({ 'devctl.yaml': 'name: corner\n' });
    expect(profileOf(loaded, 'dev')).toMatchObject({ source: 'shipped', compose: undefined, isDefault: true });
  });
});

describe('origin', () => {
  test('names every setting with the place that set it, shipped ones and later features included', async () => {
    const loaded = await loadProject(PROJECT);
    const rows = formatOrigin(profileOf(loaded, 'secrets'), loaded.root);
    const row = (name: string) => rows.find((one) => one.path === name);
    expect(row('health.deadline')).toEqual({ path: 'health.deadline', value: '45s', location: 'devctl.yaml:4:20' });
    expect(row('compose.files.0')).toEqual({
      path: 'compose.files.0',
      value: 'docker/docker-compose.yml',
      location: 'profiles/secrets.yaml:2:19',
    });
    expect(row('role')?.location).toMatch(/profiles[/\\]test\.yaml:\d+:7$/);
    expect(row('data.keep.0.last')?.value).toBe('1');
    expect(row('data.safety.limit')?.value).toBe('1GB');
    expect(row('compose.projectName')).toEqual({ path: 'compose.projectName', value: 'shop-secrets', location: 'derived' });
  });

  test('masks what may be a secret, not names of variables', async () => {
    const loaded = await loadProject({
      'devctl.yaml': 'name: shop\n',
      'profiles/dev.yaml':
        'env: {pass: [DB_PASSWORD]}\ncommands: {dump: {command: "PGPASSWORD=hunter2 pg_dump"}, url: {command: "psql postgres://app:hunter2@db/x"}}\ndata: {offsite: {s3: {endpoint: "https://x", bucket: b, keys: {env: [KEY_ID, KEY]}}}}\n',
    });
    const text = formatOrigin(profileOf(loaded, 'dev'), loaded.root)
      .map((row) => `${row.path}=${row.value}`)
      .join('\n');
    expect(text).not.toContain('hunter2');
    expect(text).toContain('env.pass.0=DB_PASSWORD');
    expect(text).toContain('data.offsite.s3.keys.env.1=KEY');
  });
});
