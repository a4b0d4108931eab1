import { createGate } from '#actions/gate.ts';
import { runCli } from '#cli/run-cli.ts';
import { createTerminalLender } from '#tui/runtime/lend.ts';
import { createRealEdges } from './main/edges.ts';
import { interruption } from './main/interruption.ts';
import { openContext } from './main/open-context.ts';
import { wantsTui } from './main/wants-tui.ts';

/** The whole program: builds the real edges, runs the command line or the terminal UI, and exits with its code. */
export async function main(argv: readonly string[], version: string): Promise<never> {
  const gate = createGate();
  const lender = createTerminalLender();
  const { edges, close } = createRealEdges({ host: process, register: gate, lender, version });
  const program = {
    edges,
    gate,
    version,
    streams: { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
    openContext: (wish: Parameters<typeof openContext>[1]) => openContext(edges, wish),
  };
  const wish = wantsTui(argv, edges);
  const { signal, stopListening } = interruption(process, wish === undefined);
  const openUi = wish && (async () => (await import('./main/open-tui.ts')).openTui({ edges, gate, lender, version, host: process }, wish));
  const code = await runCli(argv, { ...program, interrupted: signal, ...(openUi ? { openUi } : {}) });
  stopListening();
  close();
  process.exit(code);
}
