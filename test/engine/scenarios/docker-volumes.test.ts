import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clearance, type DockerEdges, dockerEdges, inputsIn, stepFor } from '../docker-edges.ts';
import { requireEngine } from '../engine.ts';
import { makeStack, type TestStack } from '../stack.ts';

const COMPOSE = `
services:
  store:
    image: busybox
    init: true
    command: sh -c 'echo precious > /data/file; sleep 3600'
    volumes: [data:/data]
volumes:
  data:
`;
const VOLUME = 'dockervol_data';
const hold = stepFor({ kind: 'hold-volume', volume: VOLUME });
const removal = stepFor({ kind: 'remove-volume', volume: VOLUME });

describe.runIf(requireEngine())('holders and volumes', () => {
  let stack: TestStack;
  let edges: DockerEdges;

  beforeEach(async () => {
    stack = makeStack('dockervol', { 'compose.yaml': COMPOSE });
    edges = await dockerEdges(stack.directory);
    await compose('up', '-d');
  });

  afterEach(() => {
    edges.engine.close();
    stack.cleanUp();
  });

  const compose = (...argv: string[]) =>
    edges.compose.run(clearance, stepFor({ kind: 'compose', argv }), inputsIn(edges.endpoint, stack), argv);

  it('a held volume survives a raw down --volumes, and can be removed once it is let go', async () => {
    const { engine } = edges;
    const id = await engine.createHolder(clearance, hold, VOLUME);
    expect(await engine.holders(VOLUME)).toEqual([{ id, volume: VOLUME }]);
    expect(await engine.holders()).toContainEqual({ id, volume: VOLUME });
    const down = await compose('down', '--volumes', '--timeout', '0');
    expect(down).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Resource is still in use') });
    expect(await engine.volume(VOLUME)).toMatchObject({ name: VOLUME });
    await expect(engine.removeVolume(clearance, removal, VOLUME)).rejects.toMatchObject({
      kind: 'external',
      message: expect.stringMatching(/still in use by devctl-holder-/),
    });
    await engine.removeContainer(clearance, removal, id);
    await engine.removeContainer(clearance, removal, id);
    expect(await engine.holders(VOLUME)).toEqual([]);
    await engine.removeVolume(clearance, removal, VOLUME);
    expect(await engine.volume(VOLUME)).toBeUndefined();
    await engine.removeVolume(clearance, removal, VOLUME);
  });

  it('a volume that a running service uses is not removed', async () => {
    await expect(edges.engine.removeVolume(clearance, removal, VOLUME)).rejects.toMatchObject({
      kind: 'external',
      message: expect.stringContaining('in use by dockervol-store-1'),
    });
    expect(stack.docker('exec', 'dockervol-store-1', 'cat', '/data/file')).toBe('precious');
  });

  it('holding a volume that is not there makes none', async () => {
    const step = stepFor({ kind: 'hold-volume', volume: 'dockervol_never' });
    await expect(edges.engine.createHolder(clearance, step, 'dockervol_never')).rejects.toMatchObject({ kind: 'external' });
    expect(await edges.engine.volume('dockervol_never')).toBeUndefined();
  });

  it('stopping what has stopped, or is gone, is no failure; removing what runs is one', async () => {
    const { engine } = edges;
    const [store] = await engine.containers('dockervol');
    await expect(engine.removeContainer(clearance, removal, store!.id)).rejects.toMatchObject({ kind: 'external' });
    await engine.stopContainer(clearance, removal, store!.id);
    await engine.stopContainer(clearance, removal, store!.id);
    expect((await engine.container(store!.id))!.status).toBe('exited');
    await engine.removeContainer(clearance, removal, store!.id);
    await engine.stopContainer(clearance, removal, store!.id);
  });
});
