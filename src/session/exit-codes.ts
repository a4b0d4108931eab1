import type { ContainerState } from '#domain/container.ts';

/** What an exit code means beyond "the program said so"; undefined for the program's own codes. */
export function meaningOfExit(container: Pick<ContainerState, 'exitCode' | 'oomKilled'>): string | undefined {
  if (container.oomKilled) return 'it used more memory than it may';
  const code = container.exitCode;
  if (code === null) return undefined;
  return MEANINGS[code] ?? (code > 128 && code < 160 ? `ended by signal ${code - 128}` : undefined);
}

// POSIX shells: 126, 127, and 128 + the number of the signal; 125 is docker's own.
const MEANINGS: Readonly<Record<number, string>> = {
  125: 'the engine itself could not run it',
  126: 'the command is there but may not be executed',
  127: 'the command was not found',
  128: 'the engine could not start it',
  129: 'its terminal was closed (SIGHUP)',
  130: 'interrupted (SIGINT)',
  132: 'illegal instruction (SIGILL): often an image for another processor',
  134: 'it aborted itself (SIGABRT)',
  135: 'bus error (SIGBUS)',
  136: 'arithmetic error (SIGFPE)',
  137: 'killed (SIGKILL): docker kill, a stop that took too long, or the kernel',
  139: 'it crashed (segmentation fault, SIGSEGV)',
  141: 'its output was closed (SIGPIPE)',
  143: 'asked to end (SIGTERM)',
};
