// `npm run soak`: the fault loops in full length; `npm test` runs a seeded sample of each.
import { ensureEngine, install, run } from './prepare.mjs';

install();
if (ensureEngine(['--yes']) !== 0) process.exit(5);
const loops = ['test/engine/scenarios/down-volumes.test.ts', 'test/engine/scenarios/killed.test.ts'];
process.exit(
  run('vitest', ['run', '--project', 'engine', ...loops, ...process.argv.slice(2)], { DEVCTL_SOAK: '1', DEVCTL_REQUIRE_ENGINE: '1' }),
);
