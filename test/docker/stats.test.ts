import type Dockerode from 'dockerode';
import { expect, test } from 'vitest';
import { parseStats } from '#docker/stats.ts';

const raw = {
  read: '2026-11-20T10:00:00.5Z',
  cpu_stats: { cpu_usage: { total_usage: 37 }, system_cpu_usage: 4800, online_cpus: 2 },
  memory_stats: { usage: 1000, limit: 5000, stats: { inactive_file: 300 } },
  networks: { eth0: { rx_bytes: 1, tx_bytes: 2 }, eth1: { rx_bytes: 10, tx_bytes: 20 } },
  blkio_stats: {
    io_service_bytes_recursive: [
      { op: 'read', value: 5 },
      { op: 'Write', value: 6 },
      { op: 'read', value: 1 },
    ],
  },
  pids_stats: { current: 3 },
} as unknown as Dockerode.ContainerStats;

test('a sample', () => {
  expect(parseStats(raw, 9000)).toEqual({
    at: Date.parse('2026-11-20T10:00:00.500Z'),
    cpuTotal: 37,
    systemTotal: 4800,
    cpus: 2,
    memoryBytes: 700,
    memoryLimitBytes: 5000,
    networkReceivedBytes: 11,
    networkSentBytes: 22,
    blockReadBytes: 6,
    blockWrittenBytes: 6,
    processes: 3,
  });
});

test('the host’s own memory is no limit; a stopped container has no sample', () => {
  expect(parseStats(raw, 5000)?.memoryLimitBytes).toBe(0);
  expect(parseStats({ ...raw, read: '0001-01-01T00:00:00Z' }, 0)).toBeUndefined();
});

test('host networking and an engine without block statistics', () => {
  const { networks: _, blkio_stats: __, ...rest } = raw;
  expect(
    parseStats({ ...rest, blkio_stats: { io_service_bytes_recursive: null } } as unknown as Dockerode.ContainerStats, 1),
  ).toMatchObject({ networkReceivedBytes: 0, blockReadBytes: 0 });
});
