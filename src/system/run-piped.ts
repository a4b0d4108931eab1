import type { Readable } from 'node:stream';
import { createLineSplitter, createOutputTail, type OutputTail } from './lines.ts';
import { commonOptions, OUTPUT_LIMIT, outcomeOf, requireDirectory } from './process-outcome.ts';
import type { ProcessRequest, ProcessResult } from './processes.ts';
import { startTicks } from './start-ticks.ts';

/** Runs a program and reads what it prints through pipes. It dies with devctl. */
export async function runPiped(request: ProcessRequest): Promise<ProcessResult> {
  await requireDirectory(request.cwd);
  const { execa } = await import('execa');
  const child = execa(request.file, [...request.args], {
    ...commonOptions(request),
    ...(typeof request.stdin === 'object' ? { input: request.stdin.input } : { stdin: 'ignore' }),
    killDescendants: true,
  });
  const stdout = collect(child.stdout, (line) => request.onLine?.('stdout', line));
  const stderr = collect(child.stderr, (line) => request.onLine?.('stderr', line));
  await announce(request, child.pid);
  const result = await child;
  return outcomeOf(result, { stdout: stdout.text(), stderr: stderr.text() });
}

function collect(stream: Readable, onLine: (line: string) => void): OutputTail {
  const tail = createOutputTail(OUTPUT_LIMIT);
  const lines = createLineSplitter(onLine);
  stream.on('data', (chunk: Uint8Array) => {
    tail.write(chunk);
    lines.write(chunk);
  });
  stream.on('end', () => lines.end());
  return tail;
}

/** Tells the caller which process runs. */
export async function announce(request: ProcessRequest, pid: number | undefined): Promise<void> {
  if (pid === undefined || !request.onStart) return;
  const ticks = await startTicks(pid);
  request.onStart({ pid, startTicks: ticks ?? '' });
}
