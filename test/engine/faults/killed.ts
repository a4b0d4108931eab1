// The same program as src/main.ts, with one fault: it dies by SIGKILL at the Nth line that it would write to the journal
// (DEVCTL_TEST_KILL_AT, from 1), right before or right after the write (DEVCTL_TEST_KILL_WHEN).
import { createGate } from '#actions/gate.ts';
import type { Files } from '#system/files.ts';
import { createTerminalLender } from '#tui/runtime/lend.ts';
import { createRealEdges } from '../../../src/main/edges.ts';
import { runProgram } from '../../../src/main/program.ts';

const killAt = Number(process.env.DEVCTL_TEST_KILL_AT);
const killBefore = process.env.DEVCTL_TEST_KILL_WHEN === 'before';
let written = 0;

function dyingFiles(files: Files): Files {
  return {
    ...files,
    appendSynced: async (path, content) => {
      written++;
      if (written === killAt && killBefore) process.kill(process.pid, 'SIGKILL');
      await files.appendSynced(path, content);
      if (written === killAt) process.kill(process.pid, 'SIGKILL');
    },
  };
}

const gate = createGate();
const lender = createTerminalLender();
const { edges } = createRealEdges({ host: process, register: gate, lender, version: '0.0.0' });
process.exit(await runProgram(process.argv.slice(2), { host: process, gate, lender, edges: { ...edges, files: dyingFiles(edges.files) } }));
