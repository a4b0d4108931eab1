import { readFile } from 'node:fs/promises';

/**
 * Start time of a live process: field 22 of /proc/PID/stat on Linux (proc(5)), what `ps` prints elsewhere.
 * undefined when there is no such process. With the pid it names one process for good: pids are used again.
 */
export async function startTicks(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? ticksFromProc(pid) : ticksFromPs(pid);
}

async function ticksFromProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  // The program's name stands in parentheses and may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

async function ticksFromPs(pid: number): Promise<string | undefined> {
  const [{ execFile }, { promisify }] = await Promise.all([import('node:child_process'), import('node:util')]);
  const answer = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => undefined);
  return answer?.stdout.trim() || undefined;
}
