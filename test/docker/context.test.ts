import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type EndpointQuestion, resolveEndpoint } from '#docker/context.ts';
import { createFiles } from '#system/files.ts';
import { temporaryDirectory } from '../system/temporary.ts';

function ask(home: string, more: Partial<EndpointQuestion> = {}): Promise<unknown> {
  return resolveEndpoint({ profileContext: undefined, profileHost: undefined, env: {}, files: createFiles(), home, ...more });
}

/** A home with contexts in Docker's own store. */
function homeWith(contexts: Readonly<Record<string, string>>, currentContext?: string): string {
  const home = temporaryDirectory();
  for (const [name, host] of Object.entries(contexts)) {
    const directory = join(home, '.docker/contexts/meta', createHash('sha256').update(name).digest('hex'));
    mkdirSync(directory, { recursive: true });
    writeFileSync(
      join(directory, 'meta.json'),
      JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } }),
    );
  }
  mkdirSync(join(home, '.docker'), { recursive: true });
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ currentContext }));
  return home;
}

test('the profile wins, then DOCKER_HOST, DOCKER_CONTEXT, the current context', async () => {
  const home = homeWith({ colima: 'unix:///colima.sock', desk: 'unix:///desk.sock' }, 'colima');
  const env = { DOCKER_HOST: 'unix:///host.sock', DOCKER_CONTEXT: 'desk' };
  expect(await ask(home, { env, profileContext: 'desk' })).toEqual({
    context: 'desk',
    host: 'unix:///desk.sock',
    decidedBy: 'profile',
    remote: false,
  });
  expect(await ask(home, { env, profileHost: 'unix:///own.sock' })).toMatchObject({
    context: 'default',
    host: 'unix:///own.sock',
    decidedBy: 'profile',
  });
  expect(await ask(home, { env })).toMatchObject({ context: 'default', host: 'unix:///host.sock', decidedBy: 'DOCKER_HOST' });
  expect(await ask(home, { env: { DOCKER_CONTEXT: 'desk' } })).toMatchObject({ context: 'desk', decidedBy: 'DOCKER_CONTEXT' });
  expect(await ask(home)).toMatchObject({ context: 'colima', host: 'unix:///colima.sock', decidedBy: 'current context' });
  expect(await ask(home, { env: { DOCKER_CONTEXT: 'default' } })).toMatchObject({ context: 'default', decidedBy: 'DOCKER_CONTEXT' });
});

test('DOCKER_CONFIG moves the store', async () => {
  const home = homeWith({ colima: 'unix:///colima.sock' }, 'colima');
  expect(await ask('/nowhere', { env: { DOCKER_CONFIG: join(home, '.docker') } })).toMatchObject({ context: 'colima' });
});

test('an unknown context is an error with a suggestion and the list', async () => {
  const home = homeWith({ colima: 'unix:///c.sock', 'prod-box': 'ssh://deploy@box' });
  await expect(ask(home, { profileContext: 'colimma' })).rejects.toMatchObject({
    kind: 'usage',
    message: 'There is no docker context "colimma" (profile).',
    hint: 'Did you mean colima? Contexts: colima, default, prod-box.',
  });
});

test.each(['ssh://deploy:secret@box', 'tcp://192.0.2.7:2375', 'tcp://box.example.com:2376', 'https://127.0.0.1:2376'])(
  '%s is named as not yet possible',
  async (host) => {
    const failure = await ask('/nowhere', { profileHost: host }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'environment', message: expect.stringContaining(new URL(host).hostname) });
    expect(String(failure)).not.toContain('secret');
  },
);

test.each(['tcp://127.0.0.1:2375', 'tcp://localhost:2375', 'tcp://[::1]:2375', 'npipe:////./pipe/docker_engine'])(
  '%s is on this machine',
  async (host) => {
    expect(await ask('/nowhere', { env: { DOCKER_HOST: host } })).toMatchObject({ host, remote: false });
  },
);

test('loopback with certificates is not plain', async () => {
  await expect(ask('/nowhere', { env: { DOCKER_HOST: 'tcp://127.0.0.1:2376', DOCKER_TLS_VERIFY: '1' } })).rejects.toMatchObject({
    kind: 'environment',
  });
  const home = homeWith({ tls: 'tcp://127.0.0.1:2376' });
  const certificates = join(home, '.docker/contexts/tls', createHash('sha256').update('tls').digest('hex'), 'docker');
  mkdirSync(certificates, { recursive: true });
  writeFileSync(join(certificates, 'ca.pem'), '');
  await expect(ask(home, { profileContext: 'tls' })).rejects.toMatchObject({ kind: 'environment' });
});

async function listen(path: string): Promise<void> {
  mkdirSync(join(path, '..'), { recursive: true });
  const server = createServer().listen(path);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
}

test('without the default socket the only other one is taken, several are told', async () => {
  const home = temporaryDirectory();
  const files = createFiles();
  const withoutDefault = {
    ...files,
    stat: async (path: string) => (path.startsWith('/run/') || path.startsWith('/var/run/') ? undefined : files.stat(path)),
  };
  expect(await ask(home, { files: withoutDefault })).toMatchObject({ host: 'unix:///var/run/docker.sock', alternatives: [] });
  await listen(join(home, '.colima/default/docker.sock'));
  expect(await ask(home, { files: withoutDefault })).toMatchObject({
    host: `unix://${home}/.colima/default/docker.sock`,
    decidedBy: 'the only socket found',
  });
  await listen(join(home, '.orbstack/run/docker.sock'));
  expect(await ask(home, { files: withoutDefault })).toMatchObject({
    host: 'unix:///var/run/docker.sock',
    alternatives: [`unix://${home}/.colima/default/docker.sock`, `unix://${home}/.orbstack/run/docker.sock`],
  });
});
