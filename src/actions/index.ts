import type { Action, ActionEntry } from './action.ts';

/**
 * Every action, the only list. A command loads its own file alone, so that `devctl ps` does not pay for the others;
 * menus, palette and help load all.
 */
export const ACTIONS: readonly ActionEntry[] = [
  { id: 'start.profiles-list', command: 'profiles list', load: async () => (await import('./profiles-list.ts')).profilesList },
  { id: 'start.profiles-show', command: 'profiles show', load: async () => (await import('./profiles-show.ts')).profilesShow },
  { id: 'start.profiles-path', command: 'profiles path', load: async () => (await import('./profiles-path.ts')).profilesPath },
  { id: 'start.use', command: 'use', load: async () => (await import('./use.ts')).use },
  { id: 'stack.up', command: 'up', load: async () => (await import('./up.ts')).up },
  { id: 'stack.down', command: 'down', load: async () => (await import('./down.ts')).down },
  { id: 'stack.stop', command: 'stop', load: async () => (await import('./stop.ts')).stop },
  { id: 'stack.start', command: 'start', load: async () => (await import('./start.ts')).start },
  { id: 'stack.restart', command: 'restart', load: async () => (await import('./restart.ts')).restart },
  { id: 'stack.rebuild', command: 'rebuild', load: async () => (await import('./rebuild.ts')).rebuild },
  { id: 'stack.ps', command: 'ps', load: async () => (await import('./ps.ts')).ps },
  { id: 'stack.status', command: 'status', load: async () => (await import('./status.ts')).status },
  { id: 'stack.wait', command: 'wait', load: async () => (await import('./wait.ts')).wait },
  { id: 'stack.logs', command: 'logs', load: async () => (await import('./logs.ts')).logs },
  { id: 'stack.events', command: 'events', load: async () => (await import('./events.ts')).events },
  { id: 'stack.stats', command: 'stats', load: async () => (await import('./stats.ts')).stats },
  { id: 'stack.health', command: 'health', load: async () => (await import('./health.ts')).health },
  { id: 'stack.exec', command: 'exec', load: async () => (await import('./exec.ts')).exec },
  { id: 'stack.shell', command: 'shell', load: async () => (await import('./shell.ts')).shell },
  { id: 'stack.run', command: 'run', load: async () => (await import('./run.ts')).run },
  { id: 'stack.open', command: 'open', load: async () => (await import('./open.ts')).open },
  { id: 'stack.env', command: 'env', load: async () => (await import('./env.ts')).env },
  { id: 'stack.config', command: 'config', load: async () => (await import('./config.ts')).config },
  { id: 'stack.do', command: 'do', load: async () => (await import('./do.ts')).doCommand },
  { id: 'stack.compose', command: 'compose', load: async () => (await import('./compose.ts')).compose },
  { id: 'data.volumes', command: 'volumes', load: async () => (await import('./volumes.ts')).volumes },
  { id: 'data.journal', command: 'journal', load: async () => (await import('./journal-list.ts')).journalList },
  { id: 'data.journal-verify', command: 'journal verify', load: async () => (await import('./journal-verify.ts')).journalVerify },
  { id: 'check.plan', command: 'plan', load: async () => (await import('./plan.ts')).plan },
  { id: 'check.policy', command: 'policy show', load: async () => (await import('./policy-show.ts')).policyShow },
  { id: 'check.policy-unlock', command: 'policy unlock', load: async () => (await import('./policy-unlock.ts')).policyUnlock },
  { id: 'check.policy-lock', command: 'policy lock', load: async () => (await import('./policy-lock.ts')).policyLock },
  { id: 'check.policy-lower', command: 'policy lower', load: async () => (await import('./policy-lower.ts')).policyLower },
  { id: 'check.approve', command: 'approve', load: async () => (await import('./approve.ts')).approve },
  { id: 'other.schema', command: 'schema', load: async () => (await import('./schema.ts')).schema },
  { id: 'other.version', command: 'version', load: async () => (await import('./version.ts')).version },
  { id: 'other.fix-terminal', command: 'fix-terminal', load: async () => (await import('./fix-terminal.ts')).fixTerminal },
];

/** The whole of every action, in the order of the list. */
export function loadActions(): Promise<readonly Action[]> {
  return Promise.all(ACTIONS.map((entry) => entry.load()));
}
