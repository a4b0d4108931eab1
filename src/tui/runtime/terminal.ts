/** The user's terminal and the process around it, as the terminal UI needs them. */
export interface Terminal {
  readonly stdin: TerminalInput;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Listens to a signal; returns how to stop listening. */
  onSignal(signal: TerminalSignal, handler: () => void): () => void;
  /** Told right before the process ends, whatever ends it; must act synchronously. */
  onProcessExit(handler: () => void): () => void;
  /** Stops this process and its job, as Ctrl-Z does in a shell. */
  stopJob(): void;
}

export type TerminalSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGTSTP' | 'SIGCONT';

/** What the stdin proxy needs of a TTY. */
export interface TerminalInput extends NodeJS.EventEmitter {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  ref?(): unknown;
  unref?(): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** The terminal of a Node process. */
export function processTerminal(host: NodeJS.Process): Terminal {
  return {
    stdin: host.stdin,
    stdout: host.stdout,
    stderr: host.stderr,
    env: host.env,
    onSignal: (signal, handler) => {
      host.on(signal, handler);
      return () => host.off(signal, handler);
    },
    onProcessExit: (handler) => {
      host.on('exit', handler);
      return () => host.off('exit', handler);
    },
    // Group 0: the whole job stops, as when the terminal itself sends the signal.
    stopJob: () => {
      host.kill(0, 'SIGTSTP');
    },
  };
}
