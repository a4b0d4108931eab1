import { describe, expect, it } from 'vitest';
import { env } from '#actions/env.ts';
import { health } from '#actions/health.ts';
import { open } from '#actions/open.ts';
import { policyShow } from '#actions/policy-show.ts';
import { profilesList } from '#actions/profiles-list.ts';
import { use } from '#actions/use.ts';
import { volumes } from '#actions/volumes.ts';
import { plainPaint } from '#cli/paint.ts';
import { DevctlError } from '#domain/error.ts';
import type { ComposeModel } from '#domain/model.ts';
import { aContainer, aModel, aProbe, aProfile, aService } from '../session/builders.ts';
import { healthDocument, profilesListDocument } from '../shapes/documents.ts';
import { fakeContext } from './fake-context.ts';

const paint = plainPaint(100);
const port = (hostPort: number, containerPort: number, hostIp = '0.0.0.0') => ({ hostIp, hostPort, containerPort, protocol: 'tcp' });

describe('devctl health', () => {
  const model = aModel(aService('api'));
  const containers = [
    aContainer('api', {
      health: 'unhealthy',
      failingStreak: 3,
      healthLog: [
        { start: '2026-11-20T11:59:00.000Z', end: '2026-11-20T11:59:00.012Z', exitCode: 1, output: 'connection refused\u001b[0m\n' },
      ],
    }),
  ];

  it('tells checks of containers and probes, run now', async () => {
    const profile = aProfile([aProbe()]);
    const result = await health.read(
      fakeContext({ model, containers, profile, network: { http: async () => ({ status: 200, body: '', ms: 12 }) } }),
      {},
    );
    const document = healthDocument.parse(health.document(result));
    expect(document.overall).toBe('unhealthy');
    expect(document.checks).toMatchObject([
      { name: 'api', kind: 'container', status: 'unhealthy', latencyMs: 12, output: 'connection refused', streak: 3 },
      { name: 'api', kind: 'http', status: 'healthy', latencyMs: 12 },
    ]);
    expect(health.exitCode?.(result)).toBe(4);
  });

  it('is down, not healthy, when nothing runs', async () => {
    const result = await health.read(fakeContext({ model }), {});
    expect(healthDocument.parse(health.document(result))).toMatchObject({ overall: 'down', checks: [{ status: 'down' }] });
  });
});

describe('devctl open', () => {
  const api = aContainer('api', { ports: [port(3000, 3000), port(3000, 3000, '::')] });
  const web = aContainer('web', { ports: [port(8443, 443, '127.0.0.1'), port(8080, 80, '127.0.0.1')] });
  const read = (
    containers: readonly ReturnType<typeof aContainer>[],
    wish: Partial<Parameters<typeof open.read>[1]> = {},
    isTerminal = false,
  ) => {
    const context = fakeContext({ containers, isTerminal });
    return open
      .read(context, { print: false, ...wish } as Parameters<typeof open.read>[1])
      .then((result) => ({ ...result, ran: context.ran }));
  };

  it('prints the address of the only port, over IPv4', async () => {
    expect(await read([api])).toMatchObject({ service: 'api', url: 'http://127.0.0.1:3000/', opened: false, ran: [] });
  });

  it('starts the browser on a terminal', async () => {
    const { opened, ran } = await read([api], {}, true);
    expect(opened).toBe(true);
    expect(ran[0]?.args.at(-1)).toBe('http://127.0.0.1:3000/');
  });

  it('knows https by its port', async () => {
    expect(await read([web], { service: 'web', port: 443 })).toMatchObject({ url: 'https://127.0.0.1:8443/' });
  });

  it('asks which when there are several, and names what publishes', async () => {
    await expect(read([api, web])).rejects.toMatchObject({ kind: 'usage', hint: expect.stringContaining('devctl open web --port 80') });
    await expect(read([api], { service: 'db' })).rejects.toMatchObject({ kind: 'usage', hint: 'These do: api' });
    await expect(read([])).rejects.toMatchObject({ hint: expect.stringContaining('devctl up') });
  });
});

describe('devctl env', () => {
  const model = aModel(aService('api', { environment: { API_KEY: 'abc', MODE: 'dev', URL: 'postgres://a:b@c/d', UNSET: null } }));

  it('masks secrets of a service', async () => {
    const result = await env.read(fakeContext({ model }), { service: 'api', show: undefined });
    expect(env.lines(result, paint)).toEqual([
      'API_KEY  •••',
      'MODE     dev',
      'UNSET                          not set in the shell',
      'URL      postgres://a:•••@c/d',
    ]);
  });

  it('shows one value unmasked, on a terminal only', async () => {
    const wish = { service: 'api', show: 'API_KEY' };
    await expect(env.read(fakeContext({ model }), wish)).rejects.toMatchObject({ kind: 'usage' });
    expect(env.lines(await env.read(fakeContext({ model, isTerminal: true }), wish), paint)).toEqual(['abc']);
  });

  it('tells where each variable of the profile comes from; the later file wins, the shell over all', async () => {
    const base = aProfile();
    const profile = { ...base, env: { ...base.env, files: ['/shop/.env', '/shop/.env.local'], pass: ['VERSION', 'MISSING'] } };
    const context = fakeContext({ profile, env: { VERSION: '7' } });
    context.files.raw.set('/shop/.env', 'MODE=base\nTOKEN=x\n');
    context.files.raw.set('/shop/.env.local', 'MODE=local\n');
    const result = await env.read(context, { service: undefined, show: undefined });
    expect(env.lines(result, paint)).toEqual(['MODE     local  .env.local', 'TOKEN    •••    .env', 'VERSION  7      shell']);
  });
});

describe('devctl volumes', () => {
  it('tells whose volumes they are, which are locked, and which are missing', async () => {
    const model: ComposeModel = {
      ...aModel(aService('db', { mounts: [{ kind: 'volume', source: 'pgdata', target: '/data', readOnly: false }] })),
      volumes: {
        pgdata: { key: 'pgdata', name: 'shop_pgdata', external: false, driver: 'local', driverOptions: {}, labels: {} },
        caddy: { key: 'caddy', name: 'caddy', external: true, driver: 'local', driverOptions: {}, labels: {} },
      },
    };
    const context = fakeContext({ model });
    const state = { name: 'shop_pgdata', driver: 'local', createdAt: '2026-11-20', labels: {}, bytes: 412_000_000, usedBy: ['shop-db-1'] };
    const old = { ...state, name: 'shop_old', labels: { 'com.docker.compose.project': 'shop' }, usedBy: [] };
    context.fakeEngine.volumes = async () => [state, old];
    context.fakeEngine.holders = async () => [{ id: 'h', volume: 'shop_pgdata' }];
    const result = await volumes.read(context, { size: true });
    expect(volumes.lines(result, paint)).toEqual([
      'NAME         DRIVER  SIZE    SERVICES',
      'shop_pgdata  local   412 MB  db        locked',
      'caddy        local                     external, not made yet',
      'shop_old     local   412 MB            in no compose file any more',
    ]);
  });
});

describe('devctl profiles list', () => {
  it('has the shape that programs rely on, and tells broken profiles', async () => {
    const profiles = [{ profile: aProfile() }, { name: 'prod', error: new DevctlError('usage', 'profiles/prod.yaml:3:1: no such key') }];
    const result = await profilesList.read(fakeContext({ profiles }), {});
    expect(profilesListDocument.parse(profilesList.document(result)).profiles).toEqual([
      {
        name: 'dev',
        role: 'dev',
        protection: 'guarded',
        source: 'inferred',
        files: ['compose.yaml'],
        envFiles: [],
        composeProfiles: [],
        projectName: 'shop',
        engine: { endpoint: 'unix:///var/run/docker.sock', context: 'default' },
        default: true,
      },
    ]);
    expect(profilesList.lines(result, paint).at(-1)).toBe('✖ prod: profiles/prod.yaml:3:1: no such key');
    expect(profilesList.exitCode?.(result)).toBe(2);
  });
});

describe('devctl use', () => {
  it('remembers the profile in the state directory only', async () => {
    const context = fakeContext();
    await use.read(context, { profile: 'dev', thisMachine: false });
    expect([...context.files.raw.keys()].every((path) => path.startsWith('/state/'))).toBe(true);
    expect([...context.files.raw.values()].join()).toContain('"lastUsed":"dev"');
  });

  it('takes no protected profile, except for the whole machine', async () => {
    const profile = { ...aProfile(), name: 'prod', protection: 'protected' as const };
    const context = fakeContext({ profile });
    await expect(use.read(context, { profile: 'prod', thisMachine: false })).rejects.toMatchObject({ kind: 'usage' });
    await expect(use.read(context, { profile: 'prod', thisMachine: true })).resolves.toEqual({ name: 'prod', thisMachine: true });
    await expect(use.read(context, { profile: 'prdo', thisMachine: true })).rejects.toMatchObject({ hint: 'Did you mean prod?' });
  });
});

describe('devctl policy', () => {
  it('marks what holds for the stack, with its own phrases', async () => {
    const lines = policyShow.lines(await policyShow.read(fakeContext(), {}), paint);
    expect(lines[0]).toBe('dev is guarded: profile dev (guarded)');
    expect(lines.find((line) => line.startsWith('RISK'))).toContain('▸ guarded');
    expect(lines.find((line) => line.startsWith('irrecoverable'))).toContain('type shop:dev');
  });
});
