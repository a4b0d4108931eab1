import { openPty, type PtyScreen } from '../screen/pty-screen.ts';
import type { Setup } from './bench.ts';
import type { BenchStack } from './stacks.ts';

/** The terminal UI on a stack, in a terminal of 120×36. */
export function openTui({ devctl, env }: Setup, stack: BenchStack): PtyScreen {
  return openPty({ file: process.execPath, args: [devctl], cwd: stack.directory, env: { ...env, TERM: 'xterm-256color' } });
}

/** Moment at which the UI showed how every service of the stack is that has a row on this screen. */
export function usefulFrame(screen: PtyScreen, stack: BenchStack): Promise<number> {
  const wanted = Math.min(stack.services.length, VISIBLE_ROWS);
  return screen.until((rows) => countLive(rows, stack.services) >= wanted, `the state of ${wanted} services`);
}

// Rows of the service list in a terminal of 36 rows, less what else may be in that pane.
const VISIBLE_ROWS = 25;

function countLive(rows: readonly string[], services: readonly string[]): number {
  return services.filter((service) => /healthy|running|paused|exited|starting/.test(stateOf(rows, service))).length;
}

/** What the list says about a service: `healthy`, `exited 137`; empty while it says nothing. */
export function stateOf(rows: readonly string[], service: string): string {
  const row = rows.find((one) => one.split(/\s+/).slice(1, 3).includes(service)) ?? '';
  return new RegExp(`\\b${service} +\\S (.*?)(?:  |[│║])`).exec(row)?.[1] ?? '';
}
