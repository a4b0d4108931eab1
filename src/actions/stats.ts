import * as z from 'zod';
import type { Engine, StatsSample } from '#docker/engine.ts';
import type { ContainerState } from '#domain/container.ts';
import { formatBytes } from '#domain/size.ts';
import { replicasByService } from '#session/services.ts';
import { cpuPercent } from '#session/watchers/stats.ts';
import { isoNow } from '#system/clock.ts';
import type { Stream } from './action.ts';
import { unavailableWithoutContainers } from './availability.ts';
import type { Context } from './context.ts';
import { formatTable, painted } from './format-table.ts';
import { readModel } from './read-stack.ts';
import { unknownService } from './select-named.ts';
import { servicesOption } from './services-option.ts';

const options = z.object({
  services: servicesOption,
  stream: z.boolean().default(true).meta({ description: 'once, then end' }),
});

interface Usage {
  readonly service: string;
  readonly container: string;
  readonly sample: StatsSample;
  /** Of one core; undefined at the first sample. */
  readonly cpuPercent: number | undefined;
}

interface StatsItem {
  readonly at: string;
  readonly usage: readonly Usage[];
}

const EVERY_MS = 1000;

/** Shows what the running containers use, once a second. */
export const stats: Stream<z.infer<typeof options>, StatsItem> = {
  kind: 'stream',
  id: 'stack.stats',
  command: 'stats',
  title: 'Show CPU, memory and traffic',
  summary: 'CPU, memory and traffic of the running containers, once a second',
  examples: ['devctl stats', 'devctl stats --no-stream --json'],
  options,
  unavailable: unavailableWithoutContainers,
  follow: async (context, wish, emit, signal) => {
    const [engine, { projectName }] = await Promise.all([context.engine(), context.inputs()]);
    await requireServices(context, wish.services);
    const { clock } = context.edges;
    let before = new Map<string, StatsSample>();
    while (!signal.aborted) {
      const { usage, samples } = await sampleAll(engine, projectName, wish.services, before);
      const isFirst = before.size === 0 && usage.length > 0;
      before = samples;
      // CPU use needs two samples: the first is never shown.
      if (!isFirst) emit({ at: isoNow(clock), usage });
      if (!isFirst && !wish.stream) return;
      await clock.sleep(EVERY_MS, signal);
    }
  },
  document: ({ at, usage }) => ({ schema: 1, at, services: usage.map(usageDocument) }),
  line: ({ at, usage }, paint) => {
    const head = ['NAME', 'CPU', 'MEMORY', 'LIMIT', 'NET IN', 'NET OUT', 'READ', 'WRITTEN', 'PROCESSES'].map((text) =>
      painted(text, paint.dim),
    );
    const time = paint.dim(at.slice(11, 19));
    return usage.length === 0 ? `${time}  nothing runs` : [time, ...formatTable([head, ...usage.map(usageCells)])].join('\n');
  },
};

async function requireServices(context: Context, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const known = Object.keys((await readModel(context)).services);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownService(unknown, known);
}

async function sampleAll(engine: Engine, project: string, services: readonly string[], before: ReadonlyMap<string, StatsSample>) {
  const listed = await engine.containers(project);
  const replicas = [...replicasByService(Object.fromEntries(listed.map((one) => [one.id, one]))).values()].flat();
  const running = replicas.filter((one) => one.status === 'running' && (services.length === 0 || services.includes(one.service)));
  const taken = await Promise.all(running.map(async (one) => ({ one, sample: await engine.stats(one.id) })));
  const usage = taken.flatMap(({ one, sample }) => (sample ? [usageOf(one, sample, before.get(one.id))] : []));
  return { usage, samples: new Map(taken.flatMap(({ one, sample }) => (sample ? [[one.id, sample] as const] : []))) };
}

function usageOf(container: ContainerState, sample: StatsSample, before: StatsSample | undefined): Usage {
  return { service: container.service, container: container.name, sample, cpuPercent: before && cpuPercent(before, sample) };
}

function usageDocument({ service, container, sample, cpuPercent: cpu }: Usage) {
  return {
    service,
    container,
    cpu: cpu === undefined ? null : Math.round(cpu * 10) / 10,
    memory: sample.memoryBytes,
    memoryLimit: sample.memoryLimitBytes === 0 ? null : sample.memoryLimitBytes,
    networkReceived: sample.networkReceivedBytes,
    networkSent: sample.networkSentBytes,
    blockRead: sample.blockReadBytes,
    blockWritten: sample.blockWrittenBytes,
    processes: sample.processes,
  };
}

function usageCells({ container, sample, cpuPercent: cpu }: Usage): readonly string[] {
  return [
    container,
    cpu === undefined ? '' : `${cpu.toFixed(1)} %`,
    formatBytes(sample.memoryBytes),
    sample.memoryLimitBytes === 0 ? 'none' : formatBytes(sample.memoryLimitBytes),
    formatBytes(sample.networkReceivedBytes),
    formatBytes(sample.networkSentBytes),
    formatBytes(sample.blockReadBytes),
    formatBytes(sample.blockWrittenBytes),
    String(sample.processes),
  ];
}
