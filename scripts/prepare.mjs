// What `npm start` and `npm test` do first in a bare checkout. Plain JavaScript: it runs on whatever Node the machine has.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program with the user's terminal and the checkout's own tools first on PATH; returns its exit code. */
export function run(file, args, env = {}) {
  const PATH = [`${root}node_modules/.bin`, process.env.PATH].join(delimiter);
  const { status, error } = spawnSync(file, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH, ...env } });
  if (error) console.error(`${file}: ${error.message}`);
  return status ?? 1;
}

/** Runs it, and ends with its exit code when that is not 0. */
export function mustRun(file, args, env) {
  const code = run(file, args, env);
  if (code !== 0) process.exit(code);
}

/** Installs the dependencies when they are missing or older than the lock file, and builds. */
export function install() {
  if (isInstalled()) mustRun('npm', ['run', '--silent', 'build']);
  else mustRun('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** A Docker Engine and the images that stand in for the real ones. Asks before it installs, unless CI or --yes. */
export function ensureEngine(args) {
  return run('test/engine/engine', ['ensure', ...args]);
}

function isInstalled() {
  const marker = `${root}node_modules/.package-lock.json`;
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs;
}
