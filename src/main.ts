import { createGate } from '#actions/gate.ts';
import { createTerminalLender } from '#tui/runtime/lend.ts';
import { createRealEdges } from './main/edges.ts';
import { runProgram } from './main/program.ts';

/** The whole program on this process: builds the real edges, runs the command line or the terminal UI, exits with its code. */
export async function main(argv: readonly string[], version: string): Promise<never> {
  const gate = createGate();
  const lender = createTerminalLender();
  const { edges, close } = createRealEdges({ host: process, register: gate, lender, version });
  const code = await runProgram(argv, { host: process, gate, lender, edges });
  close();
  process.exit(code);
}
