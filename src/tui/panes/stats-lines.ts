import type { ContainerState } from '#domain/container.ts';
import { formatBytes } from '#domain/size.ts';
import type { ServiceView } from '#session/service.ts';
import type { SessionState, StatsState } from '#session/state.ts';
import type { Theme } from '../theme.ts';
import { formatGauge } from '../widgets/gauge.ts';
import { type Line, line, padEnd, padStart, span } from '../widgets/line.ts';
import { formatSparkline } from '../widgets/sparkline.ts';

/** What each replica uses of the machine. */
export function formatStats(
  view: ServiceView,
  stats: SessionState['stats'],
  shape: { readonly theme: Theme; readonly width: number },
): readonly Line[] {
  const running = view.containers.filter((container) => container.status === 'running');
  if (running.length === 0) return [line(span('Nothing to measure: it does not run.', 'dim'))];
  return running.flatMap((container, index) => {
    const sample = stats[container.id];
    const body = sample ? formatSample(sample, shape) : [line(span('Measuring…', 'dim'))];
    return [...(index > 0 ? [[]] : []), ...(running.length > 1 ? [containerHeading(container)] : []), ...body];
  });
}

function formatSample(sample: StatsState, shape: { readonly theme: Theme; readonly width: number }): readonly Line[] {
  const chart = Math.max(0, Math.min(60, shape.width - LABEL_COLUMNS - NUMBER_COLUMNS - 4));
  const { theme } = shape;
  return [
    row('CPU', sample.cpuPercent === undefined ? '…' : `${sample.cpuPercent.toFixed(1)}%`, [
      span(formatSparkline(sample.cpuHistory, theme, { width: chart, floor: 5 }), 'accent'),
    ]),
    row('Memory', formatBytes(sample.memoryBytes), [
      span(formatSparkline(sample.memoryHistory, theme, { width: chart, floor: sample.memoryBytes * 1.2 }), 'accent'),
    ]),
    ...limitRow(sample, theme, chart),
    [],
    row('Network in', formatBytes(sample.networkReceivedBytes)),
    row('Network out', formatBytes(sample.networkSentBytes)),
    row('Disk read', formatBytes(sample.blockReadBytes)),
    row('Disk written', formatBytes(sample.blockWrittenBytes)),
    row('Processes', String(sample.processes)),
  ];
}

function limitRow(sample: StatsState, theme: Theme, chart: number): readonly Line[] {
  if (sample.memoryLimitBytes === 0) return [];
  const share = sample.memoryBytes / sample.memoryLimitBytes;
  return [
    row('of limit', formatBytes(sample.memoryLimitBytes), [
      ...formatGauge(share, theme, Math.min(30, chart)),
      span(` ${Math.round(share * 100)}%`, 'dim'),
    ]),
  ];
}

function row(label: string, value: string, chart: Line = []): Line {
  return [span(padEnd(label, LABEL_COLUMNS), 'dim'), span(padStart(value, NUMBER_COLUMNS)), span('   '), ...chart];
}

function containerHeading(container: ContainerState): Line {
  return line(span(container.name, 'strong'));
}

const LABEL_COLUMNS = 13;
const NUMBER_COLUMNS = 9;
