import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { DevctlError } from '#domain/error.ts';
import { loadProfiles } from '#profiles/load-profiles.ts';
import { errorsOf, files, loadAt, loadProject, profileOf, temporaryProject } from './temporary-project.ts';

const COMPOSE = 'services:\n  web:\n    image: busybox\n';
const CONFIG = 'name: shop\n';

async function failure(contents: Readonly<Record<string, string | Uint8Array>>): Promise<DevctlError> {
  const thrown = await loadProject(contents).then(
    (loaded) => loaded.profiles.flatMap((one) => ('error' in one ? [one.error] : []))[0],
    (error: unknown) => error,
  );
  if (thrown instanceof DevctlError) return thrown;
  throw new Error(`no DevctlError but ${String(thrown)}`);
}

describe('a file that is no YAML', () => {
  const deep = '['.repeat(200_000);
  const bomb = `a0: &a0 [x, x]\n${Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(10)}]`).join('\n')}\n`;
  test.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /the file is empty/],
    ['only a comment', '# nothing\n', /the file is empty/],
    ['binary', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), /is not text/],
    ['not UTF-8', new Uint8Array([0x6e, 0x61, 0x6d, 0x65, 0x3a, 0x20, 0xff, 0xfe]), /is not text/],
    ['huge', `# ${'x'.repeat(1024 * 1024)}\n`, /too large: 1048\d+ bytes/],
    ['malformed', 'name: shop\nenv: [a\nhealth: 3\n', /^devctl\.yaml:\d:\d+: not valid YAML/],
    ['with tabs', 'env:\n\tfiles: [a]\n', /^devctl\.yaml:2:1: not valid YAML/],
    ['nested too deeply', deep, /^devctl\.yaml:\d+:\d+: not valid YAML/],
    ['an alias bomb', bomb, /aliases \(\*name\) expand to too much/],
    ['two documents', 'name: shop\n---\nname: other\n', /^devctl\.yaml:2:1: a second YAML document/],
    ['a list', '- name: shop\n', /^devctl\.yaml:1:1: the file must be a map/],
  ])('%s', async (_, content, message) => {
    const error = await failure({ 'devctl.yaml': content });
    expect(error.kind).toBe('usage');
    expect(error.message).toMatch(message);
    expect(error.message.split('\n')).toHaveLength(1);
    expect(error.hint).toBeTruthy();
  });

  test('duplicate keys, all of them', async () => {
    const error = await failure({ 'devctl.yaml': 'name: a\nname: b\nenv:\n  files: [a]\n  files: [b]\n' });
    expect(error.message).toBe(
      '2 problems in one file:\n  devctl.yaml:2:1: the key `name` stands here a second time\n  devctl.yaml:5:3: the key `files` stands here a second time',
    );
  });

  test('unreadable', async () => {
    const root = await temporaryProject({ 'devctl.yaml': CONFIG });
    const project = { name: 'shop', root, config: path.join(root, 'devctl.yaml'), foundBy: '' };
    const denied = {
      ...files,
      readBytes: async (file: string) => {
        if (file.startsWith(root)) throw new DevctlError('environment', `${file} cannot be read: permission denied.`);
        return files.readBytes(file);
      },
    };
    await expect(loadProfiles({ files: denied, env: {}, project })).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('permission denied'),
      hint: 'Check its permissions.',
    });
  });

  test('a directory, and a file that went away', async () => {
    const root = await temporaryProject({});
    const project = { name: 'shop', root, config: path.join(root, 'devctl.yaml'), foundBy: '' };
    await expect(loadProfiles({ files, env: {}, project })).rejects.toThrow('devctl.yaml:1:1: the file does not exist');
    await mkdir(path.join(root, 'devctl.yaml'));
    await expect(loadProfiles({ files, env: {}, project })).rejects.toThrow('devctl.yaml:1:1: is a directory, not a file');
  });

  test('broken compose files are errors of their profiles', async () => {
    const empty = await loadProject({ 'compose.yaml': '' });
    expect(errorsOf(empty)).toEqual({ dev: 'compose.yaml:1:1: the compose file is empty' });
    const text = await loadProject({ 'compose.yaml': 'just text\n', 'compose.e2e.yaml': 'services: [web]\n' });
    expect(errorsOf(text)).toEqual({
      dev: 'compose.yaml:1:1: a compose file must be a map with `services:`',
      e2e: 'compose.e2e.yaml:1:11: services must be a map of names and services',
    });
    const binary = await loadProject({ 'compose.yaml': new Uint8Array([0, 1, 2]) });
    expect(errorsOf(binary).dev).toMatch(/is not text/);
  });
});

describe('wrong settings', () => {
  test('are told all at once, over several files, each with its place, its value and a suggestion', async () => {
    const error = await failure({
      'devctl.yaml': 'nam: shop\nheath:\n  deadline: soon\nprotection: hard\n',
      'profiles/dev.yaml': 'extend: dev\nrole: prodd\nenv:\n  files: .env\n',
      'profiles/prod.yaml':
        'compose:\n  files: []\n  projectName: Shop Prod\nhealth:\n  probes:\n    - {name: api, http: localhost, tcp: x}\n',
    });
    expect(error.message.split('\n  ')).toEqual([
      '11 problems in 3 files:',
      'devctl.yaml:1:1: unknown key `nam`; did you mean `name`?',
      'devctl.yaml:2:1: unknown key `heath`; did you mean `health`?',
      'devctl.yaml:4:13: protection must be one of open, guarded, protected, not `hard`',
      'profiles/dev.yaml:1:1: unknown key `extend`; did you mean `extends`?',
      'profiles/dev.yaml:2:7: role must be one of dev, test, e2e, staging, prod (did you mean prod?), not `prodd`',
      'profiles/dev.yaml:4:10: env.files must be a list, not `.env`',
      'profiles/prod.yaml:2:10: compose.files needs at least one file, not `[]`',
      expect.stringContaining('profiles/prod.yaml:3:16: compose.projectName must begin with a lower-case letter or digit'),
      expect.stringContaining('profiles/prod.yaml:6:7: health.probes[0] needs exactly one of http, tcp and sql'),
      'profiles/prod.yaml:6:25: health.probes[0].http must be an http:// or https:// URL, not `localhost`',
      'profiles/prod.yaml:6:41: health.probes[0].tcp must be HOST:PORT, e.g. localhost:6379, not `x`',
    ]);
    expect(error.message).toContain('(for example shop-prod), not `Shop Prod`');
    expect(error.details?.problems).toHaveLength(11);
  });

  test.each<[string, string, string]>([
    ['a duration', 'health: {deadline: soon}', '1:20: health.deadline must be a duration such as 90s, 1m30s, 500ms or 7d, not `soon`'],
    ['no time at all', 'health: {deadline: 0s}', 'longer than 0'],
    ['a size', 'data: {safety: {limit: much}}', '1:24: data.safety.limit must be a size such as 500MB, 5GB or 1TB, not `much`'],
    ['two engines', 'engine: {context: a, host: "ssh://b"}', 'needs exactly one of context and host'],
    ['a probe without kind', 'health: {probes: [{name: a}]}', 'needs exactly one of http, tcp and sql'],
    ['something missing', 'health: {probes: [{tcp: "a:1"}]}', '1:19: health.probes[0].name is missing'],
    ['a variable name', 'env: {pass: ["A=b"]}', 'must be the name of an environment variable'],
    ['a command name', 'commands: {"a b": {command: x}}', '1:12: `a b`: a name must begin with a letter or digit'],
    ['a command that is nowhere', 'commands: {a: {run: service, command: x}}', 'run: service needs `service` too'],
    [
      'an unknown key deep down',
      'data: {offsite: {s3: {endpoint: "https://x", bucket: b, keyz: 1}}}',
      'unknown key `keyz` in data.offsite.s3; did you mean `keys`?',
    ],
    [
      'probes of one name',
      'health: {probes: [{name: a, tcp: "a:1"}, {name: a, tcp: "b:1"}]}',
      '1:18: health.probes must have names that differ',
    ],
    ['an escape sequence', 'role: "\\e[2J\\u0007prod"', 'not `prod`'],
  ])('%s', async (_, profile, message) => {
    const error = await failure({ 'devctl.yaml': CONFIG, 'profiles/dev.yaml': `${profile}\n` });
    expect(error.message).toContain(message);
    expect(error.message).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  test('a broken profile leaves the others usable, inline ones too', async () => {
    const loaded = await loadProject({
      'devctl.yaml': 'name: shop\nprofiles:\n  dev: {extends: dev}\n  odd: {rolle: dev}\n  none:\n',
      'profiles/prod.yaml': 'role: [\n',
    });
    expect(profileOf(loaded, 'dev').protection).toBe('guarded');
    expect(Object.keys(errorsOf(loaded)).sort()).toEqual(['none', 'odd', 'prod']);
    expect(errorsOf(loaded).odd).toBe('devctl.yaml:4:9: unknown key `rolle`; did you mean `role`?');
    expect(errorsOf(loaded).none).toMatch(/^devctl\.yaml:5:8: the profile is empty/);
  });

  test('a circle of extends is printed', async () => {
    const loaded = await loadProject({
      'devctl.yaml': 'name: shop\nprofiles:\n  a: {extends: b}\n  b: {extends: c}\n  c: {extends: b}\n',
    });
    expect(errorsOf(loaded)).toEqual({
      a: 'devctl.yaml:5:16: extends goes in a circle: b → c → b',
      b: 'devctl.yaml:5:16: extends goes in a circle: b → c → b',
      c: 'devctl.yaml:4:16: extends goes in a circle: c → b → c',
    });
    const self = await loadProject({ 'devctl.yaml': 'name: shop\nprofiles:\n  mine: {extends: mine}\n' });
    expect(errorsOf(self).mine).toBe('devctl.yaml:3:19: extends goes in a circle: mine → mine');
  });

  test('an unknown base, an unknown default, an unknown requirement', async () => {
    const base = await loadProject({
      'devctl.yaml': 'name: shop\nprofiles:\n  a: {extends: prd}\n  b: {extends: a}\n  c: {requires: [secret]}\n',
    });
    expect(errorsOf(base).a).toBe('devctl.yaml:3:16: extends `prd`, which is no profile; did you mean `prod`?');
    expect(errorsOf(base).b).toBe(errorsOf(base).a);
    expect(errorsOf(base).c).toBe('devctl.yaml:5:18: requires `secret`, which is no profile of this project');
    const error = await failure({ 'devctl.yaml': 'name: shop\ndefault: devv\nprofiles:\n  dev: {extends: dev}\n' });
    expect(error.message).toBe('devctl.yaml:2:10: default names `devv`, which is no profile of this project; did you mean `dev`?');
  });

  test('a profile that is declared twice', async () => {
    const error = await failure({ 'devctl.yaml': 'name: shop\nprofiles:\n  dev: {extends: dev}\n', 'profiles/dev.yml': 'extends: dev\n' });
    expect(error.message).toContain('the profile `dev` is declared twice');
  });

  test('names that nobody can type', async () => {
    const loaded = await loadProject({
      'devctl.yaml': CONFIG,
      'profiles/prüfung.yaml': 'extends: test\n',
      [`profiles/${'x'.repeat(200)}.yaml`]: 'extends: test\n',
    });
    expect(Object.values(errorsOf(loaded))).toEqual([
      expect.stringContaining("cannot be a profile's name"),
      expect.stringContaining("cannot be a profile's name"),
    ]);
  });

  test('profiles that are no map; an empty `profiles:` is none', async () => {
    const error = await failure({ 'devctl.yaml': 'name: shop\nprofile: x\nprofiles: [dev]\n' });
    expect(error.message.split('\n  ').slice(1)).toEqual([
      'devctl.yaml:2:1: unknown key `profile`; did you mean `profiles`?',
      'devctl.yaml:3:11: profiles must be a map of names and values, not `["dev"]`',
    ]);
    expect((await loadProject({ 'devctl.yaml': 'name: shop\nprofiles:\n' })).profiles).toHaveLength(1);
  });

  test('passwords in values are masked', async () => {
    const error = await failure({
      'devctl.yaml': CONFIG,
      'profiles/dev.yaml': 'health: {probes: [{name: a, http: "ftp://me:hunter2@x"}]}\n',
    });
    expect(error.message).not.toContain('hunter2');
  });

  test('a profilesDir that is not there', async () => {
    const error = await failure({ 'devctl.yaml': 'name: shop\nprofilesDir: environments\n' });
    expect(error.message).toBe('devctl.yaml:2:14: profilesDir `environments` is not a directory');
  });
});

describe('files that a profile names', () => {
  test('missing compose files are named all at once, with what may have been meant', async () => {
    const loaded = await loadProject({
      'devctl.yaml': CONFIG,
      'docker/compose.prod.yaml': COMPOSE,
      'profiles/dev.yaml': 'extends: dev\ncompose:\n  files: [compose.yaml, docker/compose.prd.yaml, docker]\n',
    });
    expect(errorsOf(loaded).dev?.split('\n  ')).toEqual([
      '3 problems in one file:',
      'profiles/dev.yaml:3:11: the compose file `compose.yaml` does not exist',
      'profiles/dev.yaml:3:25: the compose file `docker/compose.prd.yaml` does not exist; did you mean `docker/compose.prod.yaml`?',
      'profiles/dev.yaml:3:50: the compose file `docker` is a directory',
    ]);
  });

  test('compose without files', async () => {
    const loaded = await loadProject({ 'devctl.yaml': CONFIG, 'profiles/dev.yaml': 'extends: dev\ncompose: {projectName: shop}\n' });
    expect(errorsOf(loaded).dev).toBe('profiles/dev.yaml:2:1: compose.files is missing: name the compose files in merge order');
  });
});

describe('odd but right', () => {
  test('very long and Unicode directory names make project names that compose accepts', async () => {
    for (const [name, expected] of [
      ['Mein Lädchen №1', 'meinldchen1'],
      ['日本', 'project'],
      ['x'.repeat(200), 'x'.repeat(200)],
      ['My.Proj_1 X', 'myproj_1x'],
    ] as const) {
      const root = await temporaryProject({ 'compose.yaml': COMPOSE }, name);
      expect(profileOf(await loadAt(root), 'dev').compose?.projectName).toBe(expected);
    }
  });

  test('a byte order mark and Windows line ends', async () => {
    const loaded = await loadProject({ 'devctl.yaml': '\uFEFFname: shop\r\n', 'profiles/dev.yaml': 'extends: dev\r\nrole: dev\r\n' });
    expect(loaded.project.name).toBe('shop');
    expect(profileOf(loaded, 'dev').role).toBe('dev');
  });

  test('anchors and merge keys', async () => {
    const loaded = await loadProject({
      'devctl.yaml': CONFIG,
      'profiles/dev.yaml': 'commands:\n  a: &a {command: x, run: host}\n  b: {<<: *a, command: y}\n',
    });
    expect(profileOf(loaded, 'dev').commands.b).toMatchObject({ run: 'host', command: 'y' });
  });
});
