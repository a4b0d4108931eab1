import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { requireEngine } from '../engine.ts';
import { type DevctlResult, makeStack, type TestStack } from '../stack.ts';

const GOOD = 'services:\n  a: {image: busybox, command: sleep 3600, init: true, stop_signal: SIGKILL}\n';
const declared = (profiles: string): Record<string, string> => ({
  'compose.yaml': GOOD,
  'devctl.yaml': `name: bad-test\nprofiles:\n${profiles}\n`,
});

describe.runIf(requireEngine())('bad input: one clear error, nothing changed', () => {
  let stack: TestStack;
  afterEach(() => {
    expect(stack.containers()).toEqual([]);
    expect(stack.volumes()).toEqual([]);
    stack.cleanUp();
  });

  function fails(args: readonly string[], code: number, words: string | RegExp): DevctlResult {
    const ended = stack.devctl(args);
    expect(ended.stderr).toMatch(words instanceof RegExp ? words : new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
    expect(ended.code).toBe(code);
    expect(ended.stderr.match(/^✖/gm)).toHaveLength(1);
    expect(ended.stderr).not.toMatch(/^\s+at \S|\[object /m);
    expect(ended.stderr).toContain('  → ');
    return ended;
  }

  const composeFiles: readonly (readonly [string, string, string])[] = [
    ['empty', '', 'compose.yaml:1:1: the compose file is empty'],
    ['malformed', 'services:\n  a: [1, 2\n', 'compose.yaml:3:1: not valid YAML'],
    ['binary', '\u0000\u0001\u0002services', 'compose.yaml:1:1: the file is not text in UTF-8'],
    ['huge', `#${'x'.repeat(1024 * 1024)}\n${GOOD}`, 'compose.yaml:1:1: the file is too large'],
    ['a list', '- a\n', 'a compose file must be a map'],
    ['without services', 'services: {}\n', 'no stack can be made of this file: it has no services'],
    ['unknown key', 'services:\n  a: {image: busybox, comand: x}\n', /services\.a [Aa]dditional propert(y|ies) '?comand'?/.source],
    ['wrong type', 'services:\n  a: {image: [1]}\n', 'services.a.image must be a string'],
    ['unknown dependency', 'services:\n  a: {image: busybox, depends_on: [b]}\n', '`a` depends on `b`, which is not here'],
    ['circle of dependencies', 'services:\n  a: {image: busybox, depends_on: [b]}\n  b: {image: busybox, depends_on: [a]}\n', 'cycle'],
    ['circle of extends', 'services:\n  a: {extends: {service: b}}\n  b: {extends: {service: a}}\n', 'Circular reference'],
    ['missing env_file', 'services:\n  a: {image: busybox, env_file: .env.none}\n', /env file \S+\.env\.none not found/.source],
    ['missing variable', 'services:\n  a: {image: "busybox:${TAG:?}"}\n', 'Set TAG in one of the profile’s env files'],
    ['missing include', `include: [none.yaml]\n${GOOD}`, 'none.yaml, which does not exist'],
    ['undefined volume', 'services:\n  a: {image: busybox, volumes: ["data:/x"]}\n', 'undefined volume data'],
  ];

  it.each(composeFiles)('compose file: %s', (name, text, words) => {
    stack = makeStack('bad-test', { 'compose.yaml': text });
    fails(['up'], 2, ['missing env_file', 'unknown key'].includes(name) ? new RegExp(words) : words.replace('’', "'"));
  });

  it('an overlay alone, and files that do not merge', () => {
    stack = makeStack('bad-test', { 'compose.prod.yaml': 'services:\n  a: {ports: ["80:80"]}\n' });
    fails(['up'], 2, 'compose.prod.yaml:1:1: this is an overlay (`a` has neither image nor build here)');
    stack.write('compose.yaml', GOOD);
    stack.write('compose.override.yaml', 'services:\n  a: {command: {x: 1}}\n');
    fails(['up'], 2, /files: .*compose\.yaml, .*compose\.override\.yaml/);
  });

  const configs: readonly (readonly [string, string, string])[] = [
    ['unknown key', '  dev: {extends: dev, protecton: open}', 'unknown key `protecton`; did you mean `protection`?'],
    ['wrong types', '  dev: {extends: dev, health: {deadline: soon}}', 'health.deadline must be a duration such as 90s'],
    ['circle', '  dev: {extends: test}\n  test: {extends: dev}', 'extends goes in a circle: dev → test → dev'],
    ['unknown base', '  dev: {extends: prd}', 'did you mean `prod`?'],
    ['missing file', '  dev: {extends: dev, compose: {files: [compose.yml]}}', 'did you mean `compose.yaml`?'],
    ['project name', '  dev: {extends: dev, compose: {files: [compose.yaml], projectName: "My Shop"}}', '(for example my-shop)'],
    [
      'missing env file',
      '  dev: {extends: dev, compose: {files: [compose.yaml]}, env: {files: [.env.none]}}',
      '.env.none (named in devctl.yaml:3:',
    ],
    [
      'unknown context',
      '  dev: {extends: dev, compose: {files: [compose.yaml]}, engine: {context: moon}}',
      'There is no docker context "moon"',
    ],
  ];

  it.each(configs)('devctl.yaml: %s', (_, profiles, words) => {
    stack = makeStack('bad-test', declared(profiles));
    fails(['up'], 2, words);
  });

  it('words that are not there: profile, service, flag, command, duration', () => {
    stack = makeStack('bad-test', declared('  dev: {extends: dev, compose: {files: [compose.yaml], projectName: bad-test}}'));
    fails(['-p', 'dve', 'up'], 2, 'Did you mean `devctl -p dev');
    fails(['-p', 'bad-test', 'up'], 2, "that is compose's -p");
    fails(['up', 'b'], 2, 'service "b"');
    fails(['up', '--wat'], 2, "unknown option '--wat'");
    fails(['upp'], 2, 'Did you mean: devctl up');
    fails(['up', '--wait', '--timeout', 'banana'], 2, '"banana" is no duration');
    fails(['-v'], 2, 'devctl version');
    fails(['-f', 'x.yaml', 'up'], 2, 'devctl compose --');
    fails(['policy', 'unlock', 'nope'], 2, 'No profile "nope"');
    fails(['-C', '/no/such/place', 'up'], 2, '/no/such/place, does not exist');
  });

  it('escape sequences in what was typed come out harmless', () => {
    stack = makeStack('bad-test', { 'compose.yaml': GOOD });
    for (const args of [['\u001b[31mx'], ['-p', '\u001b[31mx', 'ps'], ['logs', '\u001b]0;x\u0007'], ['ps', '--\u001b[2J']])
      expect(fails(args, 2, '✖').text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('not a project directory', () => {
    stack = makeStack('bad-test', {});
    mkdirSync(stack.directory);
    fails(['up'], 2, 'Not a project directory');
    fails([], 2, 'Not a project directory');
  });

  it('two profiles of one project name share the stricter protection', () => {
    stack = makeStack(
      'bad-test',
      declared(
        ['dev', 'prod'].map((name) => `  ${name}: {extends: ${name}, compose: {files: [compose.yaml], projectName: bad-test}}`).join('\n'),
      ),
    );
    expect(stack.devctl(['policy']).stdout).toContain('profile prod has the same project name (protected)');
  });

  it('a stack of the same name that was started elsewhere is foreign: shown, and not touched', () => {
    stack = makeStack('bad-test', { 'compose.yaml': GOOD });
    const other = makeStack('bad-test', { 'compose.yaml': GOOD });
    try {
      expect(other.devctl(['up']).code).toBe(0);
      expect(stack.devctl(['status']).stdout).toContain(`! Foreign stack: it was started from ${other.directory}, not ${stack.directory}`);
      for (const verb of ['up', 'restart', 'stop', 'down']) {
        const refused = stack.devctl([verb]);
        expect(refused.code).toBe(3);
        expect(refused.stderr).toContain(`containers of project bad-test were made from ${other.directory}`);
      }
      expect(other.devctl(['ps', '--json']).json<{ services: { state: string }[] }>().services[0]).toMatchObject({ state: 'running' });
    } finally {
      other.cleanUp();
    }
  });

  it.runIf(process.getuid?.() === 0)('a read-only project is no obstacle; a read-only home is one for changes only', () => {
    stack = makeStack('bad-test', { 'compose.yaml': GOOD });
    const home = join(stack.directory, '..', 'full');
    mkdirSync(home);
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', home]);
    try {
      const env = { HOME: home };
      expect(stack.devctl(['ps'], { env }).code).toBe(0);
      expect(stack.devctl(['status'], { env }).code).toBe(4);
      const up = stack.devctl(['up'], { env });
      expect(up.code).toBe(5);
      expect(up.stderr).toContain('cannot be written');
      expect(up.stderr).toContain('XDG_STATE_HOME');
    } finally {
      spawnSync('umount', [home]);
    }
  });
});
