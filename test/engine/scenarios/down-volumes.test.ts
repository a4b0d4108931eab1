import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireEngine } from '../engine.ts';
import { makeStack, type TestStack } from '../stack.ts';

const COMPOSE = `
services:
  store:
    image: busybox
    init: true
    command: sh -c 'echo precious > /data/file; sleep 3600'
    stop_signal: SIGKILL
    volumes: [data:/data, notes:/notes, shared:/shared]
  tool:
    image: busybox
    profiles: [tools]
    command: sleep 3600
    stop_signal: SIGKILL
    volumes: [tooldata:/data]
volumes:
  data:
  notes:
  tooldata:
  shared:
    external: true
    name: dv-shared-outside
`;

const engine = requireEngine();
const open = {
  'devctl.yaml': 'name: dvtest\nprofiles:\n  dev:\n    extends: dev\n    compose: {files: [compose.yaml], projectName: dvtest}\n',
};

describe.runIf(engine)('down --volumes', () => {
  let stack: TestStack;

  beforeEach(() => {
    stack = makeStack('dvtest', { 'compose.yaml': COMPOSE, ...open });
    stack.docker('volume', 'create', 'dv-shared-outside');
    expect(stack.devctl(['up', '--wait']).text).toContain('Everything is up');
  });

  afterEach(() => {
    stack.cleanUp();
    stack.docker('volume', 'rm', '--force', 'dv-shared-outside');
  });

  const DATA = ['dvtest_data', 'dvtest_notes'];

  function planHash(): string {
    const refused = stack.devctl(['down', '--volumes', '--json']);
    expect(refused.code).toBe(3);
    return refused.json<{ hash: string }>().hash;
  }

  it('refuses without a terminal, whatever is piped or half meant, and changes nothing', () => {
    const before = stack.containers();
    const attempts = [
      stack.devctl(['down', '--volumes']),
      stack.devctl(['down', '-v'], { input: 'y\n'.repeat(100) }),
      stack.devctl(['down', '--volumes', '--yes']),
      stack.devctl(['down', '--volumes', '--confirm', 'dvtest']),
      stack.devctl(['down', '--volumes', '--confirm', 'dvtest:dev']),
      stack.devctl(['down', '--volumes', '--plan', '0123456789abcdef']),
      stack.devctl(['compose', '--', 'down', '-v']),
    ];
    expect(attempts.map((attempt) => attempt.code)).toEqual(Array(attempts.length).fill(3));
    expect(attempts[0]?.text).toMatch(/devctl down --volumes --plan [0-9a-f]{16}/);
    expect(attempts[0]?.text).toContain('Safer: devctl down');
    expect(stack.containers()).toEqual(before);
    expect(stack.volumes()).toEqual(DATA);
  });

  it('with the right plan removes exactly the named volumes, and the journal has it', () => {
    stack.docker('volume', 'create', '--label', 'com.docker.compose.project=dvtest', 'dvtest_tooldata');
    const { keeps } = stack.devctl(['down', '--volumes', '--json']).json<{ keeps: { name: string; why: string }[] }>();
    expect(keeps).toContainEqual({ kind: 'volume', name: 'dv-shared-outside', why: 'external' });
    expect(keeps.map((kept) => kept.name)).toContain('dvtest_tooldata');
    expect(stack.devctl(['down', '--volumes', '--plan', planHash()]).code).toBe(0);
    expect(stack.volumes()).toEqual(['dvtest_tooldata']);
    expect(stack.docker('volume', 'ls', '--quiet', '--filter', 'name=dv-shared-outside')).toBe('dv-shared-outside');
    expect(stack.containers()).toEqual([]);
    expect(stack.holders()).toEqual([]);
    const { entries } = stack
      .devctl(['journal', '--json'])
      .json<{ entries: { action: string; outcome: string; losses: { name: string }[] }[] }>();
    expect(entries[0]).toMatchObject({
      action: 'stack.down',
      outcome: 'done',
      losses: [{ name: 'dvtest_data' }, { name: 'dvtest_notes' }],
    });
  });

  it('takes a plan once only, and not of a stack that changed since', () => {
    const hash = planHash();
    stack.docker('rm', '--force', ...stack.containers());
    stack.docker('volume', 'rm', 'dvtest_notes');
    stack.docker(
      'volume',
      'create',
      '--label',
      'com.docker.compose.project=dvtest',
      '--label',
      'com.docker.compose.volume=notes',
      'dvtest_notes',
    );
    const changed = stack.devctl(['down', '--volumes', '--plan', hash]);
    expect(changed.code).toBe(3);
    expect(changed.text).toContain('changed');
    expect(stack.volumes()).toEqual(DATA);
    const fresh = planHash();
    expect(stack.devctl(['down', '--volumes', '--plan', fresh]).code).toBe(0);
    expect(stack.devctl(['down', '--volumes', '--plan', fresh]).code).toBe(3);
  });

  it('keeps a volume that another project uses, and says so', () => {
    const id = stack.docker(
      'run',
      '--detach',
      '--volume',
      'dvtest_data:/x',
      '--label',
      'com.docker.compose.project=dvother',
      'busybox',
      'sleep',
      '3600',
    );
    try {
      const { losses, keeps } = stack
        .devctl(['down', '--volumes', '--json'])
        .json<{ losses: { name: string }[]; keeps: { name: string; why: string }[] }>();
      expect(losses.map((loss) => loss.name)).toEqual(['dvtest_notes']);
      expect(keeps.find((kept) => kept.name === 'dvtest_data')?.why).toContain('of another project');
      expect(stack.devctl(['down', '--volumes', '--plan', planHash()]).code).toBe(0);
      expect(stack.volumes()).toEqual(['dvtest_data']);
    } finally {
      stack.docker('rm', '--force', id);
    }
  });

  it('removes one-off containers that would block it', () => {
    stack.docker('compose', '-p', 'dvtest', '-f', `${stack.directory}/compose.yaml`, 'run', '--detach', 'store', 'sleep', '3600');
    expect(stack.devctl(['down', '--volumes', '--plan', planHash()]).code).toBe(0);
    expect(stack.volumes()).toEqual([]);
  });

  it('is refused on a protected profile, and no flag unlocks it', () => {
    stack.write('devctl.yaml', open['devctl.yaml'].replace('extends: dev', 'extends: dev\n    protection: protected'));
    const refused = stack.devctl(['down', '--volumes', '--json']);
    expect(refused.code).toBe(3);
    expect(refused.json()).toMatchObject({ gate: { answer: 'unlock' }, allow: null });
    expect(refused.text).toContain('devctl policy unlock dev');
    const { hash } = refused.json<{ hash: string }>();
    expect(stack.devctl(['down', '--volumes', '--plan', hash, '--confirm', 'dvtest:dev', '--yes', '--reason', 'x']).code).toBe(3);
    expect(stack.devctl(['policy', 'unlock', 'dev', '--for', '10m', '--yes', '--confirm', 'dvtest:dev', '--reason', 'x']).code).toBe(3);
    // The highest protection that the stack ever had on this machine counts from now on.
    stack.write('devctl.yaml', open['devctl.yaml']);
    expect(stack.devctl(['down', '--volumes', '--json']).json()).toMatchObject({ protection: 'protected' });
    expect(stack.volumes()).toEqual(DATA);
  });

  it('asks an agent to ask a person', () => {
    const refused = stack.devctl(['down', '--volumes', '--plan', planHash()], { env: { AI_AGENT: '1' } });
    expect(refused.code).toBe(3);
    expect(refused.text).toMatch(/devctl approve [0-9a-f]{16}/);
    expect(stack.volumes()).toEqual(DATA);
  });

  describe('killed with -9 at any line of its journal', () => {
    // begin, then begin, (child) and done of each of the six steps, and the end.
    const lines = 15;
    const all = Array.from({ length: lines }, (_, index) => index + 1).flatMap((at) => [
      { at, when: 'before' as const },
      { at, when: 'after' as const },
    ]);
    const sample = process.env.DEVCTL_SOAK ? all : all.filter((_, index) => index % 4 === 1);

    it.each(sample)('$when line $at: the next start explains it, and deletes nothing more', (kill) => {
      const hash = planHash();
      const killed = stack.devctl(['down', '--volumes', '--plan', hash], { kill });
      expect(killed.signal).toBe('SIGKILL');
      const left = stack.volumes();
      const next = stack.devctl(['up', '--wait']);
      expect(next.code).toBe(0);
      const begun = kill.at > 1 || kill.when === 'after';
      if (begun && kill.at < lines) expect(next.text).toContain('was cut off');
      expect(stack.holders()).toEqual([]);
      for (const volume of left) expect(stack.volumes()).toContain(volume);
      expect(stack.containers()).toEqual(['dvtest-store-1']);
      const file = stack.docker('exec', 'dvtest-store-1', 'cat', '/data/file');
      expect(file).toBe('precious');
      const { entries } = stack.devctl(['journal', '--json']).json<{ entries: { outcome: string | null }[] }>();
      expect(entries.every((entry) => entry.outcome !== null)).toBe(true);
    });
  });
});
