import { WRAP_ON } from './sequences.ts';
import type { Terminal, TerminalSignal } from './terminal.ts';

/** How a run of the UI ends: with an exit code, or with an error that is printed once the screen is restored. */
export interface Ending {
  readonly exitCode: number;
  readonly error?: Error;
}

/** The one way out. */
export interface Shutdown {
  /** Settles once, with the first ending that was asked for. */
  readonly ended: Promise<Ending>;
  end(ending: Ending): void;
  /** Stops listening and restores what Ink does not know of. */
  restore(): void;
}

/** 128 and the number of the signal, as shells report it. */
const SIGNAL_EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const satisfies Partial<Record<TerminalSignal, number>>;

/** Listens to every signal that ends a program. An own listener switches Ink's off (reference: ink §0.9), so all go through here. */
export function createShutdown(terminal: Terminal): Shutdown {
  const { promise, resolve } = Promise.withResolvers<Ending>();
  const listening = (Object.keys(SIGNAL_EXIT_CODES) as (keyof typeof SIGNAL_EXIT_CODES)[]).map((signal) =>
    terminal.onSignal(signal, () => resolve({ exitCode: SIGNAL_EXIT_CODES[signal] })),
  );
  // Whatever ends the process without us (an uncaught exception, process.exit), the terminal wraps lines again.
  const stopExit = terminal.onProcessExit(() => terminal.stdout.write(WRAP_ON));
  return {
    ended: promise,
    end: resolve,
    restore: () => {
      for (const stop of listening) stop();
      stopExit();
      terminal.stdout.write(WRAP_ON);
    },
  };
}
