import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PtyScreen } from '../../screen/pty-screen.ts';
import type { Bench, Setup } from '../bench.ts';
import { measureUse, type ProcessUse } from '../process-use.ts';
import { printers } from '../recipes.ts';
import type { BenchStack } from '../stacks.ts';
import { formatMs, percentile } from '../statistics.ts';
import { openTui, usefulFrame } from '../tui.ts';

const COUNT = 4;
const LINES_PER_SECOND = 1250;

/** The Logs tab while four services print 5 000 lines a second in all; it shows those of one. */
export const logTail: Bench = {
  name: 'log-tail',
  run: async (setup) => {
    const seconds = setup.quick ? 25 : 60;
    const stack = setup.stacks.start(printers('bench-logs', { count: COUNT, linesPerSecond: LINES_PER_SECOND, seconds }));
    const { use, keys, linesPerSecond, framesPerSecond } = await measureTail(setup, stack);
    setup.stacks.remove(stack);
    const p95 = percentile(keys, 95);
    return [
      {
        what: 'log tail of 1 of 4 services that print',
        value: `${use.cpuPercent.toFixed(0)} % of a core, ${use.rssMegabytes.toFixed(0)} MB, ${framesPerSecond.toFixed(0)} frames/s`,
        reference: `${linesPerSecond.toFixed(0)} lines/s in all; lazydocker: 43–52 % at 1 250 lines/s, measured before`,
        ratio: '',
        budget: '< 30 %, < 200 MB',
        met: use.cpuPercent < 30 && use.rssMegabytes < 200,
      },
      {
        what: 'key to frame meanwhile',
        value: `p50 ${formatMs(percentile(keys, 50))}, p95 ${formatMs(p95)}, most ${formatMs(percentile(keys, 100))}`,
        reference: `${keys.length} keys`,
        ratio: '',
        budget: '< 100 ms',
        met: p95 < 100,
      },
    ];
  },
};

interface Tail {
  readonly use: ProcessUse;
  readonly keys: readonly number[];
  /** As counted by the services themselves. */
  readonly linesPerSecond: number;
  readonly framesPerSecond: number;
}

async function measureTail(setup: Setup, stack: BenchStack): Promise<Tail> {
  const screen = openTui(setup, stack);
  const ms = setup.quick ? 3000 : 10_000;
  try {
    await usefulFrame(screen, stack);
    screen.press('l');
    await screen.until((rows) => rows.some((row) => /line \d+ of a log/.test(row)), 'log lines');
    await sleep(SETTLE_MS);
    const [linesBefore, framesBefore, started] = [countLines(stack), screen.written().frames, performance.now()];
    const use = await measureUse(screen.pid, ms);
    const passed = (performance.now() - started) / 1000;
    const [lines, frames] = [countLines(stack) - linesBefore, screen.written().frames - framesBefore];
    const keys = await timeKeys(screen, setup.quick ? 4 : 20);
    return { use, keys, linesPerSecond: lines / passed, framesPerSecond: frames / passed };
  } finally {
    await screen.end();
  }
}

const SETTLE_MS = 2000;

/** The number of the newest line of each service, summed. */
function countLines(stack: BenchStack): number {
  const { file, args, cwd, env } = stack.compose('logs', '--tail', '1', '--no-log-prefix');
  const { stdout } = spawnSync(file, [...args], { cwd, env: { ...env }, encoding: 'utf8' });
  return [...stdout.matchAll(/line (\d+) of/g)].reduce((sum, match) => sum + Number(match[1]), 0);
}

/** Milliseconds from a key that moves the focus to the byte that shows it moved. */
async function timeKeys(screen: PtyScreen, count: number): Promise<readonly number[]> {
  const latencies: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const before = isListFocused(screen.rows());
    const pressedAt = performance.now();
    screen.press('\t');
    latencies.push((await screen.until((rows) => isListFocused(rows) !== before, 'the focus moved')) - pressedAt);
    await sleep(BETWEEN_MS);
  }
  return latencies;
}

const BETWEEN_MS = 200;

/** The pane with the focus has a double frame. */
function isListFocused(rows: readonly string[]): boolean {
  return rows.some((row) => row.startsWith('╔ Services'));
}
