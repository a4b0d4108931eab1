import type { Edges } from '#actions/context.ts';
import type { Gate } from '#actions/gate.ts';
import { runCli } from '#cli/run-cli.ts';
import type { TerminalLender } from '#tui/runtime/lend.ts';
import { interruption } from './interruption.ts';
import { type ContextWish, openContext } from './open-context.ts';
import { wantsTui } from './wants-tui.ts';

/** What a run is made of; main.ts has the real ones, fault tests wrap them. */
export interface ProgramParts {
  readonly host: NodeJS.Process;
  readonly gate: Gate;
  readonly lender: TerminalLender;
  readonly edges: Edges;
}

/** Runs one command line, or the terminal UI when none is given at a terminal, to its exit code. */
export async function runProgram(argv: readonly string[], parts: ProgramParts): Promise<number> {
  const { host, edges, gate } = parts;
  const wish = wantsTui(argv, edges);
  const { signal, stopListening } = interruption(host, wish === undefined);
  const code = await runCli(argv, {
    edges,
    gate,
    streams: { stdin: host.stdin, stdout: host.stdout, stderr: host.stderr },
    interrupted: signal,
    openContext: (request) => openContext(edges, request),
    ...(wish ? { openUi: () => openUi(parts, wish) } : {}),
  });
  stopListening();
  return code;
}

/** React and Ink load only here. */
async function openUi(parts: ProgramParts, wish: ContextWish): Promise<number> {
  const { openTui } = await import('./open-tui.ts');
  return openTui({ ...parts, version: parts.edges.version }, wish);
}
