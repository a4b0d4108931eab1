// `npm test`: sets up what is missing and runs every test; the last line is `N passed, N failed`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureEngine, install, root, run } from './prepare.mjs';

const required = process.env.DEVCTL_REQUIRE_ENGINE === '1';
const args = process.argv.slice(2).filter((word) => word !== '--yes');
const yes = required || process.argv.includes('--yes') ? ['--yes'] : [];

install();
if (ensureEngine(yes) !== 0 && required) {
  console.error('DEVCTL_REQUIRE_ENGINE=1, and there is no Docker Engine.');
  process.exit(5);
}
const runs = [tests(args, {})];
// Once more on a newer Compose, whose words, prompts and exit codes differ; all of it where the engine is required (CI).
if (required && runs[0].code === 0 && args.length === 0)
  runs.push(tests(['--project', 'engine'], { DOCKER_CONFIG: secondCompose(), DEVCTL_TEST_DEFAULTS_ONLY: '1' }));

const sum = (key) => runs.reduce((total, run) => total + run.counts[key], 0);
const skipped = sum('numPendingTests');
console.log(`${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(Math.max(...runs.map((one) => one.code)));

/** Runs vitest; its exit code and the counts of its own report. */
function tests(words, env) {
  const report = join(tmpdir(), `devctl-test-${process.pid}.json`);
  const code = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...words], env);
  return { code, counts: JSON.parse(readFileSync(report, 'utf8')) };
}

/** A DOCKER_CONFIG directory whose compose is the newer one. */
function secondCompose() {
  return execFileSync(`${root}test/engine/engine`, ['compose240'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}
