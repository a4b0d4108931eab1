import { commonOptions, outcomeOf, requireDirectory } from './process-outcome.ts';
import type { ProcessRequest, ProcessResult } from './processes.ts';
import { announce } from './run-piped.ts';

/** Runs a program on the user's terminal. Ctrl-C there is the program's business alone; devctl waits for what it does with it. */
export async function runInTerminal(request: ProcessRequest): Promise<ProcessResult> {
  await requireDirectory(request.cwd);
  const { execa } = await import('execa');
  const leaveToChild = (): void => undefined;
  for (const signal of KEYBOARD_SIGNALS) process.on(signal, leaveToChild);
  try {
    const child = execa(request.file, [...request.args], { ...commonOptions(request), stdio: 'inherit' });
    await announce(request, child.pid);
    return outcomeOf(await child, { stdout: '', stderr: '' });
  } finally {
    for (const signal of KEYBOARD_SIGNALS) process.off(signal, leaveToChild);
  }
}

/** What the terminal sends to the whole foreground group. */
const KEYBOARD_SIGNALS = ['SIGINT', 'SIGQUIT'] as const;
