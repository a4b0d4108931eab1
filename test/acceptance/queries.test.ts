import { describe, expect, it } from 'vitest';
import { fakeEngine, type Routes } from '../docker/fake-engine.ts';
import type { RecordedCall } from '../fakes/docker.ts';
import { errorDocument, profilesListDocument, psDocument } from '../shapes/documents.ts';
import { scenario } from './devctl.ts';

const COMPOSE = `services:
  web:
    image: busybox
    environment: {API_KEY: abc123}
    ports: ["8080:80"]
`;

// Recorded from Compose 2.26.1.
const MODEL = JSON.stringify({
  name: 'shop',
  networks: { default: { name: 'shop_default', ipam: {} } },
  services: {
    web: {
      command: null,
      entrypoint: null,
      environment: { API_KEY: 'abc123' },
      image: 'busybox',
      networks: { default: null },
      ports: [{ mode: 'ingress', target: 80, published: '8080', protocol: 'tcp' }],
    },
  },
});

// Recorded from Engine 26.1.5, shortened.
const labels = {
  'com.docker.compose.project': 'shop',
  'com.docker.compose.service': 'web',
  'com.docker.compose.container-number': '1',
  'com.docker.compose.oneoff': 'False',
  'com.docker.compose.config-hash': 'f58806e1',
  'com.docker.compose.project.config_files': 'compose.yaml',
};
const ID = '6476d50b0b0cd4bf496e1e90eaa89fec3eec04fbb4a97ceec81e017a887454b7';
const PORTS = [{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' }];
const ENGINE: Routes = {
  'GET /version': [200, { Version: '26.1.5', ApiVersion: '1.45', MinAPIVersion: '1.24' }],
  'GET /v1.44/info': [200, { ID: 'engine-1', Name: 'box', ServerVersion: '26.1.5' }],
  'GET /v1.44/containers/json': [
    200,
    [
      {
        Id: ID,
        Names: ['/shop-web-1'],
        Image: 'busybox',
        ImageID: 'sha256:1',
        Command: 'sh',
        Created: 1795220769,
        Ports: PORTS,
        Labels: labels,
        State: 'running',
        Status: 'Up 14 minutes',
        Mounts: [],
      },
    ],
  ],
  [`GET /v1.44/containers/${ID}/json`]: [
    200,
    {
      Id: ID,
      Name: '/shop-web-1',
      Created: '2026-11-21T00:26:09.5Z',
      Path: 'sh',
      Args: [],
      State: {
        Status: 'running',
        Running: true,
        ExitCode: 0,
        OOMKilled: false,
        Error: '',
        StartedAt: '2026-11-21T00:26:10.5Z',
        FinishedAt: '0001-01-01T00:00:00Z',
      },
      Image: 'sha256:1',
      RestartCount: 0,
      Mounts: [],
      Config: { Image: 'busybox', Tty: false, Labels: labels, Cmd: ['sh'] },
      HostConfig: { RestartPolicy: { Name: 'no', MaximumRetryCount: 0 } },
      NetworkSettings: { Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }] } },
    },
  ],
};

const version: RecordedCall = { args: ['compose', 'version', '--short'], stdout: '2.26.1-4\n' };
const inputs = (directory: string, ...argv: readonly string[]): readonly string[] => [
  ...['compose', '--project-name', 'shop', '--project-directory', directory],
  ...['--file', `${directory}/compose.yaml`, '--env-file', '/dev/null', '--ansi', 'never', '--progress', 'plain'],
  ...argv,
];

describe('devctl in a directory with a compose file', () => {
  it('lists profiles without docker and without an engine', async () => {
    const { devctl } = scenario({ files: { 'compose.yaml': COMPOSE } });
    const { code, out, err } = await devctl('profiles', 'list', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(profilesListDocument.parse(JSON.parse(out)).profiles).toMatchObject([
      { name: 'dev', source: 'inferred', files: ['compose.yaml'], default: true },
    ]);
  });

  it('asks compose for the model once, then runs nothing for ps', async () => {
    const { endpoint } = await fakeEngine(ENGINE);
    const { devctl, docker, directory } = scenario({ files: { 'compose.yaml': COMPOSE }, host: endpoint.host });
    docker.expect([version, { args: inputs(directory, 'config', '--format', 'json'), stdout: MODEL }]);
    const first = await devctl('ps', '--json');
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(psDocument.parse(JSON.parse(first.out)).services).toMatchObject([
      { service: 'web', container: 'shop-web-1', state: 'running', ports: [{ host: '0.0.0.0:8080', container: '80/tcp' }] },
    ]);
    expect(docker.differences()).toEqual([]);
    docker.expect([]);
    expect((await devctl('ps', '--json')).out).toBe(first.out);
  });

  it('shows the configuration with secrets masked', async () => {
    const { devctl, docker, directory } = scenario({ files: { 'compose.yaml': COMPOSE } });
    docker.expect([
      version,
      {
        args: inputs(directory, 'config', '--format', 'yaml'),
        stdout: 'name: shop\nservices:\n  web:\n    environment:\n      API_KEY: abc123\n',
      },
    ]);
    expect(await devctl('config')).toEqual({
      code: 0,
      out: 'name: shop\nservices:\n  web:\n    environment:\n      API_KEY: •••\n',
      err: '',
    });
  });

  it('says in compose’s own words what is wrong with a file', async () => {
    const { endpoint } = await fakeEngine(ENGINE);
    const { devctl, docker, directory } = scenario({ files: { 'compose.yaml': COMPOSE }, host: endpoint.host });
    docker.expect([
      version,
      { args: inputs(directory, 'config', '--format', 'json'), stderr: 'services.web.image must be a string\n', exitCode: 15 },
    ]);
    const { code, out } = await devctl('ps', '--json');
    expect(code).toBe(2);
    expect(JSON.stringify(errorDocument.parse(JSON.parse(out)))).toContain('services.web.image must be a string');
  });
});

describe('devctl without what it needs', () => {
  it('exits 5 at once when no engine answers', async () => {
    const { devctl } = scenario({ files: { 'compose.yaml': COMPOSE } });
    const { code, out, err } = await devctl('status', '--json');
    expect(code).toBe(5);
    expect(errorDocument.parse(JSON.parse(out)).error.kind).toBe('environment');
    expect(err).toContain('→');
  });

  it('exits 2 outside a project', async () => {
    const { devctl } = scenario({ files: { 'README.md': 'nothing here' } });
    expect(await devctl('ps')).toMatchObject({ code: 2, err: expect.stringContaining('compose') });
  });

  it('refuses a Compose that is too old', async () => {
    const { endpoint } = await fakeEngine(ENGINE);
    const { devctl, docker } = scenario({ files: { 'compose.yaml': COMPOSE }, host: endpoint.host });
    docker.expect([{ args: ['compose', 'version', '--short'], stdout: '2.20.0\n' }]);
    expect(await devctl('ps')).toMatchObject({ code: 5, err: expect.stringContaining('2.26.1') });
  });
});
