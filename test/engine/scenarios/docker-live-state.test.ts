import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogRecord } from '#docker/engine.ts';
import { clearance, type DockerEdges, dockerEdges, inputsIn, recordEvents, stepFor, waitFor } from '../docker-edges.ts';
import { requireEngine } from '../engine.ts';
import { makeStack, type TestStack } from '../stack.ts';

const COMPOSE = `
services:
  web:
    image: busybox
    init: true
    command: sh -c 'echo "started on $$HOSTNAME"; echo oops >&2; touch /tmp/ok; while true; do sleep 1; done'
    ports: ["127.0.0.1::80"]
    volumes: [data:/data]
    healthcheck: {test: "test -e /tmp/ok", interval: 200ms, timeout: 5s, retries: 1}
    mem_limit: 64m
  job:
    image: busybox
    command: sh -c 'exit 3'
  screen:
    image: busybox
    tty: true
    init: true
    command: sh -c 'printf "\\\\033[1mbold\\\\033[0m\\\\n"; while true; do sleep 1; done'
  broken:
    image: busybox
    profiles: [broken]
    command: no-such-program
volumes:
  data:
`;

describe.runIf(requireEngine())('live state through the Engine API', () => {
  let stack: TestStack;
  let edges: DockerEdges;

  beforeAll(async () => {
    stack = makeStack('dockerlive', { 'compose.yaml': COMPOSE });
    edges = await dockerEdges(stack.directory);
  });

  afterAll(() => {
    edges.engine.close();
    stack.cleanUp();
  });

  const compose = (...argv: string[]) =>
    edges.compose.run(clearance, stepFor({ kind: 'compose', argv }), inputsIn(edges.endpoint, stack), argv);
  const find = async (service: string) => {
    const all = await edges.engine.containers('dockerlive');
    return all.find((one) => one.service === service && !one.oneOff)!;
  };

  it('tells every event of an up, a failing health check, a restart and a down', async () => {
    const { feed, told, stop } = recordEvents(edges.engine, 'dockerlive');
    await waitFor(() => expect(feed.onConnected).toHaveBeenCalledTimes(1));
    expect((await compose('up', '-d')).exitCode).toBe(0);
    await waitFor(() => expect(told()).toContain('container health_status web healthy'));
    for (const one of [
      'network create dockerlive_default',
      'volume create dockerlive_data',
      'container create web',
      'container start web',
      'container die job',
    ]) {
      expect(told()).toContain(one);
    }
    stack.docker('exec', 'dockerlive-web-1', 'rm', '/tmp/ok');
    await waitFor(() => expect(told()).toContain('container health_status web unhealthy'));
    expect((await edges.engine.container((await find('web')).id))!.health).toBe('unhealthy');
    expect((await find('web')).health).toBe('unhealthy');
    stack.docker('restart', '--time', '0', 'dockerlive-web-1');
    await waitFor(() => expect(told()).toContain('container restart web'));
    expect(told().filter((one) => one.includes('exec_'))).toEqual([]);
    expect(feed.onDisconnected).not.toHaveBeenCalled();
    stop();
  });

  it('inspects a running service, a failed job and one that cannot start', async () => {
    const web = await edges.engine.container((await find('web')).id);
    expect(web).toMatchObject({
      detailed: true,
      project: 'dockerlive',
      service: 'web',
      number: 1,
      oneOff: false,
      status: 'running',
      exitCode: null,
      image: 'busybox',
      ports: [{ hostIp: '127.0.0.1', containerPort: 80, protocol: 'tcp', hostPort: expect.any(Number) }],
      mounts: [{ kind: 'volume', source: 'dockerlive_data', target: '/data' }],
      finishedAt: expect.any(String),
    });
    expect(web!.healthLog.length).toBeGreaterThan(0);
    const job = await find('job');
    expect(job).toMatchObject({ status: 'exited', exitCode: 3, detailed: false });
    expect(await edges.engine.container(job.id)).toMatchObject({ exitCode: 3, finishedAt: expect.any(String) });
    await compose('--profile', 'broken', 'up', '-d', 'broken');
    const broken = await edges.engine.container((await find('broken')).id);
    expect(broken).toMatchObject({ status: 'created', exitCode: 127, error: expect.stringContaining('no-such-program') });
    expect(await edges.engine.container('0'.repeat(64))).toBeUndefined();
  });

  it('samples a running container at once, and none that has ended', async () => {
    const { id } = await find('web');
    const sample = await edges.engine.stats(id);
    expect(sample).toMatchObject({ memoryLimitBytes: 64 * 1024 * 1024, cpus: expect.any(Number) });
    expect(sample!.memoryBytes).toBeGreaterThan(0);
    expect(sample!.systemTotal).toBeGreaterThan(sample!.cpuTotal);
    expect((await edges.engine.stats((await find('screen')).id))!.memoryLimitBytes).toBe(0);
    expect(await edges.engine.stats((await find('job')).id)).toBeUndefined();
    expect(await edges.engine.stats('0'.repeat(64))).toBeUndefined();
  });

  it('reads both streams, follows to the end at a restart, and goes on from where it was', async () => {
    const { id } = await find('web');
    const records: LogRecord[] = [];
    const follow = {
      follow: true,
      tail: undefined,
      since: undefined,
      until: undefined,
      tty: false,
      onLine: (record: LogRecord) => void records.push(record),
    };
    const following = edges.engine.logs(id, follow, new AbortController().signal);
    await waitFor(() => expect(records.length).toBeGreaterThanOrEqual(4));
    expect(
      records
        .map((one) => `${one.stream} ${one.text.replace(/ on .*/, '')}`)
        .toSorted()
        .slice(0, 2),
    ).toEqual(['stderr oops', 'stderr oops']);
    const last = records.at(-1)!.time;
    stack.docker('restart', '--time', '0', 'dockerlive-web-1');
    await following;
    const later: LogRecord[] = [];
    const since = `${Math.floor(Date.parse(last) / 1000)}.${last.replace(/.*\.(\d+)Z/, '$1')}`;
    await edges.engine.logs(
      id,
      { ...follow, follow: false, since, onLine: (record) => void later.push(record) },
      new AbortController().signal,
    );
    expect(later[0]!.time).toBe(last);
    expect(later.filter((one) => one.time > last)).toHaveLength(2);
  });

  it('reads a terminal’s log raw', async () => {
    const records: LogRecord[] = [];
    const { id } = await find('screen');
    const { tty } = (await edges.engine.container(id))!;
    expect(tty).toBe(true);
    await edges.engine.logs(
      id,
      { follow: false, tail: 5, since: undefined, until: undefined, tty, onLine: (one) => void records.push(one) },
      new AbortController().signal,
    );
    expect(records[0]).toMatchObject({ stream: 'stdout', text: '\u001b[1mbold\u001b[0m', time: expect.stringMatching(/^\d{4}-.*Z$/) });
  });

  it('puts a line of 40 000 characters together', async () => {
    stack.docker(
      'run',
      '--name',
      'dockerlive-long',
      '--label',
      'com.docker.compose.project=dockerlive',
      'busybox',
      'sh',
      '-c',
      'head -c 40000 /dev/zero | tr "\\0" x; echo; echo end',
    );
    const records: LogRecord[] = [];
    await edges.engine.logs(
      'dockerlive-long',
      { follow: false, tail: undefined, since: undefined, until: undefined, tty: false, onLine: (one) => void records.push(one) },
      new AbortController().signal,
    );
    expect(records.map((one) => one.text.length)).toEqual([40_000, 3]);
    expect(records[0]!.text).toBe('x'.repeat(40_000));
  });

  it('runs a program in a container, and gives up on one that takes too long', async () => {
    const { id } = await find('screen');
    expect(await edges.engine.probe(id, ['sh', '-c', 'echo out; echo err >&2; exit 4'], 10_000)).toEqual({
      exitCode: 4,
      output: expect.stringMatching(/^(out\nerr\n|err\nout\n)$/),
    });
    await expect(edges.engine.probe(id, ['sleep', '30'], 300)).rejects.toMatchObject({
      kind: 'external',
      message: expect.stringContaining('within 300 ms'),
    });
    expect((await edges.engine.probe(id, ['sh', '-c', 'head -c 200000 /dev/zero | tr "\\0" x'], 10_000)).output).toHaveLength(65_536);
  });

  it('names volumes with their users and sizes, networks and images', async () => {
    const [volume] = await edges.engine.volumes({ project: 'dockerlive', sizes: true });
    expect(volume).toMatchObject({ name: 'dockerlive_data', driver: 'local', usedBy: ['dockerlive-web-1'], bytes: expect.any(Number) });
    expect(await edges.engine.volume('dockerlive_data')).toEqual({ ...volume, bytes: undefined });
    expect(await edges.engine.networks('dockerlive')).toMatchObject([{ name: 'dockerlive_default' }]);
    expect(await edges.engine.imageId('busybox')).toMatch(/^sha256:/);
    expect(await edges.engine.imageId('devctl/no-such-image:1')).toBeUndefined();
    expect((await edges.engine.identity()).id).toBe(stack.docker('info', '--format', '{{.ID}}'));
  });
});
