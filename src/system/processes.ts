import { endProcess } from './end-process.ts';
import { runDetached } from './run-detached.ts';
import { runInTerminal } from './run-in-terminal.ts';
import { runPiped } from './run-piped.ts';
import { startTicks } from './start-ticks.ts';

/** One process to run. The environment is given whole: nothing is inherited that the caller did not name. */
export interface ProcessRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Default `ignore`. `terminal` hands all three streams over to the user's terminal. A string or bytes is written to it. */
  readonly stdin?: 'ignore' | 'terminal' | { readonly input: string | Uint8Array };
  /** Called for each complete line as it comes, undecoded escape sequences included. */
  readonly onLine?: (stream: 'stdout' | 'stderr', line: string) => void;
  /**
   * Both streams go to this file instead, so that the child outlives devctl unharmed; lines are read back from it.
   * They cannot be told apart then: every line comes as `stdout`, and the result has the same text in both.
   */
  readonly outputFile?: string;
  /** Told once the child runs. */
  readonly onStart?: (child: { readonly pid: number; readonly startTicks: string }) => void;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

export interface ProcessResult {
  /** null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | undefined;
  /** Whole output, cut to its last 4 MiB; empty for `terminal`. */
  readonly stdout: string;
  readonly stderr: string;
  /** True when `signal` or `timeoutMs` ended it. */
  readonly killed: boolean;
  /** True when the program is not there or may not be run. */
  readonly notFound: boolean;
  readonly durationMs: number;
}

export interface Processes {
  /** Never throws for a failing program: the result says how it ended. Throws `environment` when the directory is not there. */
  run(request: ProcessRequest): Promise<ProcessResult>;
  /** Ends a process that is not our child: SIGINT, and SIGKILL when it is still there after 10 s. */
  end(pid: number): Promise<void>;
  /** Start time of a live process in kernel ticks (or its nearest equivalent), undefined when there is none. */
  startTicks(pid: number): Promise<string | undefined>;
}

/** The real processes. execa is loaded with the first one that runs. */
export function createProcesses(): Processes {
  return {
    run: (request) => {
      if (request.stdin === 'terminal') return runInTerminal(request);
      return request.outputFile === undefined ? runPiped(request) : runDetached(request, request.outputFile);
    },
    end: endProcess,
    startTicks,
  };
}
