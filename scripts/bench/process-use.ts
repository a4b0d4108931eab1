import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a process used between two looks. */
export interface ProcessUse {
  /** Percent of one core, children that have ended included. */
  readonly cpuPercent: number;
  /** Resident megabytes at the second look. */
  readonly rssMegabytes: number;
}

/** Watches a process for so long. Reads /proc: Linux only. */
export async function measureUse(pid: number, ms: number): Promise<ProcessUse> {
  const before = cpuSecondsOf(pid);
  const started = performance.now();
  await sleep(ms);
  const used = cpuSecondsOf(pid) - before;
  return { cpuPercent: (100 * used) / ((performance.now() - started) / 1000), rssMegabytes: rssOf(pid) };
}

/** User and system time of a process, of its ended children, and of its living ones. */
function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in brackets and may hold anything; the 14th to 17th are the times.
  const times = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15);
  const own = times.reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
  return childrenOf(pid).reduce((sum, child) => sum + cpuSecondsOf(child), own);
}

// The kernel's USER_HZ, the same on every Linux that Node supports.
const TICKS_PER_SECOND = 100;

function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

/** Resident megabytes of a process. */
export function rssOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1000;
}
