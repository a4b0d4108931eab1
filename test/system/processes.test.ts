import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createProcesses, type ProcessRequest } from '#system/processes.ts';
import { temporaryDirectory } from './temporary.ts';

const processes = createProcesses();
const shell = (script: string, more: Partial<ProcessRequest> = {}): ProcessRequest => {
  return { file: 'sh', args: ['-c', script], cwd: '/', env: { PATH: process.env.PATH ?? '' }, ...more };
};

test('gives both streams, the exit code and each line', async () => {
  const lines: string[] = [];
  const result = await processes.run(
    shell('echo a; echo b >&2; printf c; exit 3', { onLine: (stream, line) => lines.push(`${stream} ${line}`) }),
  );
  expect(result).toMatchObject({ exitCode: 3, stdout: 'a\nc', stderr: 'b\n', killed: false, notFound: false, signal: undefined });
  expect(lines.toSorted()).toEqual(['stderr b', 'stdout a', 'stdout c']);
});

test('hands over the named environment and nothing else', async () => {
  vi.stubEnv('DEVCTL_LEAK', 'leaked');
  const result = await processes.run(shell('echo "$ONLY-$DEVCTL_LEAK"', { env: { PATH: process.env.PATH ?? '', ONLY: 'this' } }));
  expect(result.stdout).toBe('this-\n');
});

test('standard input is closed unless something is written to it', async () => {
  expect((await processes.run(shell('cat'))).stdout).toBe('');
  expect((await processes.run(shell('cat', { stdin: { input: 'hello' } }))).stdout).toBe('hello');
});

test('a missing program and one that may not be run are values', async () => {
  expect(await processes.run(shell('', { file: 'devctl-no-such-program' }))).toMatchObject({ notFound: true, exitCode: null });
  const file = join(temporaryDirectory(), 'not-executable');
  writeFileSync(file, '#!/bin/sh\n', { mode: 0o600 });
  expect(await processes.run(shell('', { file }))).toMatchObject({ notFound: true });
});

test('a missing directory is named instead of the program', async () => {
  await expect(processes.run(shell('true', { cwd: '/no/such/place' }))).rejects.toThrow('/no/such/place does not exist');
});

test('time-out and abort end the program with all that it started', async () => {
  const children: number[] = [];
  const request = shell('sleep 60 & echo $!; wait', { timeoutMs: 300, onLine: (_, line) => children.push(Number(line)) });
  expect(await processes.run(request)).toMatchObject({ killed: true, exitCode: null });
  await vi.waitUntil(async () => (await processes.startTicks(children[0] ?? 0)) === undefined);
  const abort = new AbortController();
  const running = processes.run(shell('sleep 60', { signal: abort.signal, onStart: () => abort.abort() }));
  expect(await running).toMatchObject({ killed: true });
});

test('an output file takes both streams and is read back line by line', async () => {
  const outputFile = join(temporaryDirectory(), 'deep', 'out.log');
  const lines: string[] = [];
  const result = await processes.run(shell('echo a; echo b >&2; echo c; exit 4', { outputFile, onLine: (_, line) => lines.push(line) }));
  expect(lines).toEqual(['a', 'b', 'c']);
  expect(result).toMatchObject({ exitCode: 4, stdout: 'a\nb\nc\n', stderr: 'a\nb\nc\n' });
  expect(readFileSync(outputFile, 'utf8')).toBe('a\nb\nc\n');
});

test('output is cut to its last 4 MiB', async () => {
  const result = await processes.run(shell('head -c 5000000 /dev/zero | tr "\\0" x; echo end'));
  expect(result.stdout.length).toBe(4 * 1024 * 1024);
  expect(result.stdout.endsWith('xend\n')).toBe(true);
});

test('a child with an output file outlives kill -9 of its parent, in a group of its own', async () => {
  const outputFile = join(temporaryDirectory(), 'out.log');
  const parent = spawnParent(`
    import { createProcesses } from '#system/processes.ts';
    await createProcesses().run({ file: 'sh', args: ['-c', 'echo begun; while [ ! -e ${outputFile}.go ]; do sleep 0.05; done; echo survived'],
      cwd: '/', env: { PATH: process.env.PATH }, outputFile: '${outputFile}', onStart: (child) => console.log(JSON.stringify(child)) });`);
  const child = JSON.parse(String((await once(parent.stdout, 'data'))[0])) as { pid: number; startTicks: string };
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  expect(await processes.startTicks(child.pid)).toBe(child.startTicks);
  expect(groupOf(child.pid)).toBe(child.pid);
  await processes.run(shell(`touch ${outputFile}.go`));
  await vi.waitUntil(async () => (await processes.startTicks(child.pid)) === undefined, { timeout: 5000 });
  expect(readFileSync(outputFile, 'utf8')).toBe('begun\nsurvived\n');
});

test('ends a process that is not our child, with its group', async () => {
  const stranger = spawn('sh', ['-c', 'sleep 60 & wait'], { detached: true, stdio: 'ignore' });
  await once(stranger, 'spawn');
  const gone = once(stranger, 'exit');
  await processes.end(stranger.pid ?? 0);
  await gone;
  expect(stranger.signalCode).toBe('SIGINT');
  await processes.end(stranger.pid ?? 0);
});

test('start ticks tell a live process from one that is not there', async () => {
  expect(await processes.startTicks(process.pid)).toMatch(/\S/);
  expect(await processes.startTicks(2 ** 22 + 1)).toBeUndefined();
});

function spawnParent(script: string) {
  return spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Process group, field 5 of /proc/PID/stat. */
function groupOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}
