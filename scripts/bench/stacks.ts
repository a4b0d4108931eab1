import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from './commands.ts';

/** A compose project that exists for this run only. */
export interface BenchStack {
  /** Compose's project name, and the name of the directory. */
  readonly name: string;
  readonly directory: string;
  readonly services: readonly string[];
  /** `docker compose ARGS` with the project's file. */
  compose(...args: readonly string[]): Command;
}

export interface Stacks {
  /** Makes the project and starts it, so many services at a time, until all of them run (and are healthy where they say). */
  start(recipe: StackRecipe): BenchStack;
  remove(stack: BenchStack): void;
  removeAll(): void;
}

export interface StackRecipe {
  readonly name: string;
  /** Services as compose knows them. */
  readonly services: Readonly<Record<string, object>>;
  readonly atOnce?: number;
}

/** Stacks below a directory; what is left of an earlier run under the same name is removed first. */
export function createStacks(home: string, env: Readonly<Record<string, string>>): Stacks {
  const started = new Map<string, BenchStack>();
  return {
    start(recipe) {
      removeProject(recipe.name, env);
      const stack = writeStack(recipe, home, env);
      started.set(stack.name, stack);
      for (const some of chunksOf(stack.services, recipe.atOnce ?? 20)) mustRun(stack.compose('up', '--detach', '--wait', ...some));
      return stack;
    },
    remove(stack) {
      started.delete(stack.name);
      removeProject(stack.name, env);
    },
    removeAll() {
      for (const name of started.keys()) removeProject(name, env);
      started.clear();
    },
  };
}

function writeStack({ name, services }: StackRecipe, home: string, env: Readonly<Record<string, string>>): BenchStack {
  const directory = join(home, name);
  mkdirSync(directory, { recursive: true });
  // JSON is YAML.
  writeFileSync(join(directory, 'compose.yaml'), JSON.stringify({ name, services }, undefined, 2));
  const compose = (...args: readonly string[]): Command => ({
    file: 'docker',
    args: ['compose', '--project-name', name, '--file', join(directory, 'compose.yaml'), ...args],
    cwd: directory,
    env,
  });
  return { name, directory, services: Object.keys(services), compose };
}

function chunksOf<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
}

/** Containers with their anonymous volumes, networks and volumes, by the label of this one project. */
function removeProject(name: string, env: Readonly<Record<string, string>>): void {
  const label = ['--filter', `label=com.docker.compose.project=${name}`, '--quiet'];
  const docker = (...args: string[]): string[] => mustRun({ file: 'docker', args, cwd: '/', env }).split('\n').filter(Boolean);
  const containers = docker('ps', '--all', ...label);
  if (containers.length > 0) docker('rm', '--force', '--volumes', ...containers);
  const networks = docker('network', 'ls', ...label);
  if (networks.length > 0) docker('network', 'rm', ...networks);
  const volumes = docker('volume', 'ls', ...label);
  if (volumes.length > 0) docker('volume', 'rm', ...volumes);
}

/** Its standard output. */
function mustRun({ file, args, cwd, env }: Command): string {
  const { status, stdout, stderr, error } = spawnSync(file, [...args], { cwd, env: { ...env }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}
