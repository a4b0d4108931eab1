// `npm run bench`: measures the budgets of devctl on this machine, against what they are compared with in the same run.
// --quick: few repetitions, to see that it works; nothing is written. --only NAME[,NAME]. --devctl PATH: another build.
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { engineAvailable } from '../../test/engine/engine.ts';
import type { Bench, Setup } from './bench.ts';
import { formatRows, type MeasuredRow, writeReport } from './report.ts';
import { coldStart } from './rows/cold-start.ts';
import { eventToFrame } from './rows/event-to-frame.ts';
import { firstFrame } from './rows/first-frame.ts';
import { idle } from './rows/idle.ts';
import { logTail } from './rows/log-tail.ts';
import { manyContainers } from './rows/many-containers.ts';
import { ps } from './rows/ps.ts';
import { up } from './rows/up.ts';
import { version } from './rows/version.ts';
import { createStacks } from './stacks.ts';

const BENCHES: readonly Bench[] = [version, ps, coldStart, up, firstFrame, idle, eventToFrame, logTail, manyContainers];
const root = fileURLToPath(new URL('../..', import.meta.url));

const { values: wish } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    devctl: { type: 'string', default: join(root, 'bin/devctl') },
  },
});
const chosen = choose(wish.only);
const engine = engineAvailable();
if (!engine.ok) fail(`${engine.why}. Type: test/engine/engine ensure`);
else await measure(`Node ${process.version}, Engine ${engine.engine}, Compose ${engine.compose}`);

async function measure(versions: string): Promise<void> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'devctl-bench-')));
  const env = newUser(home);
  const stacks = createStacks(home, env);
  const cleanUp = (): void => {
    stacks.removeAll();
    rmSync(home, { recursive: true, force: true });
  };
  process.once('SIGINT', () => {
    cleanUp();
    process.exit(130);
  });
  try {
    const say = (progress: string): void => console.error(`  ${progress}`);
    const rows = await runAll({ devctl: resolve(wish.devctl), env, stacks, quick: wish.quick, home, say });
    for (const line of formatRows(rows)) console.log(line);
    if (!wish.quick) writeReport(join(root, 'docs/performance.md'), rows, circumstances(versions));
  } finally {
    cleanUp();
  }
}

/** One that fails says why, and the others go on. */
async function runAll(setup: Setup): Promise<readonly MeasuredRow[]> {
  const rows: MeasuredRow[] = [];
  for (const bench of chosen) {
    console.error(bench.name);
    const load = loadavg()[0]!;
    try {
      rows.push(...(await bench.run(setup)).map((row) => ({ ...row, load })));
    } catch (error) {
      console.error(error);
      process.exitCode = 1;
    }
    setup.stacks.removeAll();
  }
  return rows;
}

/** What a new user has: nothing of devctl's, caches of its own. */
function newUser(home: string): Record<string, string> {
  const { PATH = '', DOCKER_HOST, DOCKER_CONFIG } = process.env;
  mkdirSync(join(home, 'tmp'));
  const docker = { ...(DOCKER_HOST ? { DOCKER_HOST } : {}), ...(DOCKER_CONFIG ? { DOCKER_CONFIG } : {}) };
  return { PATH, HOME: home, TMPDIR: join(home, 'tmp'), LANG: 'C.UTF-8', ...docker };
}

function circumstances(versions: string): string {
  const when = new Date().toISOString().slice(0, 16).replace('T', ' ');
  return `Last run ${when} UTC, ${cpus().length} cores, ${versions}. Times are medians with (least–most).`;
}

function choose(only: string | undefined): readonly Bench[] {
  const names = only?.split(',') ?? BENCHES.map((bench) => bench.name);
  const unknown = names.find((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown !== undefined) fail(`There is no bench "${unknown}". There are: ${BENCHES.map((bench) => bench.name).join(', ')}`);
  return BENCHES.filter((bench) => names.includes(bench.name));
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
