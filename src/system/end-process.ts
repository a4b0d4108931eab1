import { startTicks } from './start-ticks.ts';

/**
 * Ends a process that is not our child, with the group that it leads: SIGINT, and SIGKILL when it is still there after 10 s.
 * Resolves when it is gone.
 */
export async function endProcess(pid: number): Promise<void> {
  const start = await startTicks(pid);
  if (start === undefined) return;
  signalGroup(pid, 'SIGINT');
  const deadline = performance.now() + PATIENCE_MS;
  while ((await startTicks(pid)) === start) {
    if (performance.now() > deadline) signalGroup(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** A process that leads no group gets the signal alone; one that ended meanwhile needs none. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 50;
