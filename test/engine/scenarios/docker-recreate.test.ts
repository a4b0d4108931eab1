import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ComposeProgress } from '#docker/compose-progress.ts';
import { clearance, type DockerEdges, dockerEdges, inputsIn, stepFor } from '../docker-edges.ts';
import { compose240Config, requireEngine } from '../engine.ts';
import { makeStack, type TestStack } from '../stack.ts';

const compose = (label: string, command = 'echo precious > /data/file; sleep 3600'): string => `
services:
  store:
    image: busybox
    init: true
    command: sh -c '${command}'
    volumes: [data:/data]
volumes:
  data:
    labels: {edition: "${label}"}
`;

describe.runIf(requireEngine())('a Compose that offers to throw a volume away (2.40)', () => {
  let stack: TestStack;
  let edges: DockerEdges;

  beforeEach(async () => {
    stack = makeStack('dockerprompt', { 'compose.yaml': compose('first') });
    edges = await dockerEdges(stack.directory, { dockerConfig: compose240Config() });
  });

  afterEach(() => {
    edges.engine.close();
    stack.cleanUp();
  });

  const up = (onProgress?: (one: ComposeProgress) => void) => {
    const argv = ['up', '-d'];
    return edges.compose.run(
      clearance,
      stepFor({ kind: 'compose', argv }),
      inputsIn(edges.endpoint, stack),
      argv,
      onProgress ? { onProgress } : {},
    );
  };

  it('reads its JSON progress, fails when it offers, and the data is still there', async () => {
    const seen: ComposeProgress[] = [];
    expect(await up((one) => seen.push(one))).toMatchObject({ exitCode: 0 });
    expect((await edges.compose.version()).facts).toMatchObject({ progressJson: true, volumeRecreatePrompt: true });
    expect(seen).toContainEqual({ id: expect.stringContaining('dockerprompt-store-1'), text: 'Started', done: true });
    const before = await edges.engine.volume('dockerprompt_data');
    stack.write('compose.yaml', compose('second'));
    await expect(up()).rejects.toMatchObject({ kind: 'external', message: expect.stringContaining('dockerprompt_data') });
    expect((await edges.engine.volume('dockerprompt_data'))!.createdAt).toBe(before!.createdAt);
    expect(stack.docker('exec', 'dockerprompt-store-1', 'cat', '/data/file')).toBe('precious');
  });

  it('gives the words of a failure, not their JSON', async () => {
    stack.write('compose.yaml', 'services: {a: {image: "devctl/no-such-image:1", pull_policy: never}}');
    const result = await up();
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('devctl/no-such-image:1');
    expect(result.stderr).not.toContain('{');
  });
});
