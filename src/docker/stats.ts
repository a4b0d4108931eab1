import type Dockerode from 'dockerode';
import type { StatsSample } from './engine.ts';
import type { EngineClient } from './engine-client.ts';
import { unlessGone } from './engine-errors.ts';

/** One sample of a running container, at once; undefined for one that does not run or is gone. */
export async function sampleStats(client: EngineClient, id: string, hostMemory: number): Promise<StatsSample | undefined> {
  const raw = await unlessGone(client.read((docker) => docker.getContainer(id).stats({ stream: false, 'one-shot': true })));
  return raw && parseStats(raw, hostMemory);
}

/**
 * A sample of the engine in devctl's words. A stopped container's is empty and dated to the year 1: undefined.
 * `hostMemory` (bytes) is what the engine gives as the limit of a container that has none.
 */
export function parseStats(raw: Dockerode.ContainerStats, hostMemory: number): StatsSample | undefined {
  if (raw.read.startsWith('0001-')) return undefined;
  const limit = raw.memory_stats.limit ?? 0;
  const networks = Object.values(raw.networks ?? {});
  return {
    at: Date.parse(raw.read),
    cpuTotal: raw.cpu_stats.cpu_usage.total_usage,
    systemTotal: raw.cpu_stats.system_cpu_usage ?? 0,
    cpus: raw.cpu_stats.online_cpus ?? raw.cpu_stats.cpu_usage.percpu_usage?.length ?? 1,
    memoryBytes: usedMemory(raw.memory_stats),
    memoryLimitBytes: limit < hostMemory ? limit : 0,
    networkReceivedBytes: sum(networks.map((one) => one.rx_bytes)),
    networkSentBytes: sum(networks.map((one) => one.tx_bytes)),
    blockReadBytes: blockBytes(raw, 'read'),
    blockWrittenBytes: blockBytes(raw, 'write'),
    processes: raw.pids_stats?.current ?? raw.num_procs ?? 0,
  };
}

/** The page cache that can be dropped does not count, as in `docker stats`; its name differs between cgroups v1 and v2. */
function usedMemory(memory: Dockerode.MemoryStats): number {
  const details = (memory.stats ?? {}) as Readonly<Record<string, number>>;
  const droppable = details.total_inactive_file ?? details.inactive_file ?? 0;
  return Math.max(0, (memory.usage ?? 0) - droppable);
}

function blockBytes(raw: Dockerode.ContainerStats, operation: 'read' | 'write'): number {
  const entries = raw.blkio_stats?.io_service_bytes_recursive ?? [];
  return sum(entries.filter((one) => one.op.toLowerCase() === operation).map((one) => one.value));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
