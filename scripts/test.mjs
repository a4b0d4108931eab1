// `npm test`: sets up what is missing and runs every test; the last line is `N passed, N failed`.
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureEngine, install, run } from './prepare.mjs';

const required = process.env.DEVCTL_REQUIRE_ENGINE === '1';
const args = process.argv.slice(2).filter((word) => word !== '--yes');
const yes = required || process.argv.includes('--yes') ? ['--yes'] : [];

install();
if (ensureEngine(yes) !== 0 && required) {
  console.error('DEVCTL_REQUIRE_ENGINE=1, and there is no Docker Engine.');
  process.exit(5);
}
const report = join(tmpdir(), `devctl-test-${process.pid}.json`);
const code = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args]);
const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = JSON.parse(readFileSync(report, 'utf8'));
console.log(`${numPassedTests} passed, ${numFailedTests} failed${numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''}`);
process.exit(code);
