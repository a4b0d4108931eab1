import type { SuspendTerminal } from 'ink';
import { WRAP_OFF, WRAP_ON } from './sequences.ts';
import type { Terminal } from './terminal.ts';

/** Gives the terminal away and takes it back, one at a time. */
export interface Suspender {
  /** Runs something that owns the terminal: a shell in a container, an editor. */
  lend(run: () => Promise<void>): Promise<void>;
  /** Ctrl-Z: hands the terminal back to the shell and stops the job; draws anew when it is continued. */
  stop(): void;
  dispose(): void;
}

/** A stop that the kernel ignores (no shell with job control above us) must not leave the screen empty for good. */
const IGNORED_STOP_MS = 100;

export function createSuspender(terminal: Terminal, suspendTerminal: SuspendTerminal): Suspender {
  let isAway = false;
  const lend = async (run: () => Promise<void>): Promise<void> => {
    if (isAway) return run();
    isAway = true;
    try {
      await suspendTerminal(async () => {
        terminal.stdout.write(WRAP_ON);
        await run();
        terminal.stdout.write(WRAP_OFF);
      });
    } finally {
      isAway = false;
    }
  };
  // While a child has the terminal, the signal is the child's.
  const stop = (): void => {
    if (!isAway) void lend(() => stopAndWait(terminal, () => listener));
  };
  let listener = terminal.onSignal('SIGTSTP', stop);
  function stopAndWait(owner: Terminal, current: () => () => void): Promise<void> {
    // Our own listener would keep the signal from stopping us.
    current()();
    return stopJob(owner).finally(() => {
      listener = owner.onSignal('SIGTSTP', stop);
    });
  }
  return { lend, stop, dispose: () => listener() };
}

function stopJob(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, IGNORED_STOP_MS);
    const stopListening = terminal.onSignal('SIGCONT', done);
    function done(): void {
      clearTimeout(timer);
      stopListening();
      resolve();
    }
    terminal.stopJob();
  });
}
