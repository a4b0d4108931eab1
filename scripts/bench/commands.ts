import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';

/** A command that is timed from spawn to exit. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Milliseconds of one run. Throws with its words when it fails. */
export function timeCommand({ file, args, cwd, env }: Command): number {
  const started = performance.now();
  const { status, error, stdout, stderr } = spawnSync(file, [...args], { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ms = performance.now() - started;
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${error?.message ?? `exit ${status}`}\n${stderr}${stdout}`);
  return ms;
}

/** Times of several commands that take turns, so that whatever else the machine does hits all of them; each runs once before. */
export function timeInTurns<Name extends string>(commands: Readonly<Record<Name, Command>>, repetitions: number): Record<Name, number[]> {
  const names = Object.keys(commands) as Name[];
  for (const name of names) timeCommand(commands[name]);
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let turn = 0; turn < repetitions; turn += 1) for (const name of names) times[name].push(timeCommand(commands[name]));
  return times;
}

/** devctl on the Node that runs this, without the detour that an old Node takes. */
export function devctlCommand(
  { devctl, env }: { readonly devctl: string; readonly env: Readonly<Record<string, string>> },
  args: readonly string[],
  cwd: string = dirname(devctl),
): Command {
  return { file: process.execPath, args: [devctl, ...args], cwd, env };
}

/** The least that Node can do: what every figure is a multiple of when machines differ. */
export function bareNode(env: Readonly<Record<string, string>>, cwd: string): Command {
  return { file: process.execPath, args: ['-e', '0'], cwd, env };
}
