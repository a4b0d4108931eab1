import { join } from 'node:path';
import type { Locations } from '#system/locations.ts';

/** What a stack is known by on this machine: `<engine id>-<project name>`; worktrees of one stack share it. */
export function stackKey(engineId: string, projectName: string): string {
  return `${engineId.replace(/[^A-Za-z0-9_-]/g, '_')}-${projectName}`;
}

/** The stack's journal; lies with the checkpoints, outside the project, so that `git clean` cannot take it. */
export function journalPath(locations: Locations, key: string): string {
  return join(locations.data, key, 'journal.jsonl');
}

/** Small facts of the stack on this machine: plans shown, unlocks, approvals, the highest protection seen. */
export function statePath(locations: Locations, key: string, name: string): string {
  return join(locations.state, 'stacks', key, name);
}

/** Output of a child of one step of one entry, so that it outlives devctl. */
export function childOutputPath(locations: Locations, key: string, entry: string, step: number): string {
  return statePath(locations, key, join('runs', `${entry}-${step}.log`));
}
