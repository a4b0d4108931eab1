import type { Actor } from '#domain/journal.ts';

/**
 * Who seems to be asking, by markers in the environment. It only ever raises what is demanded: markers can be missing
 * or match a person, so nothing is granted by them (source: reference, destructive-commands §4.5).
 */
export function detectActor(env: Readonly<Record<string, string>>): Actor {
  if (AGENT_MARKERS.some((name) => env[name])) return 'agent';
  return env.CI && env.CI !== 'false' && env.CI !== '0' ? 'ci' : 'person';
}

const AGENT_MARKERS = [
  'AI_AGENT',
  'CLAUDECODE',
  'CLAUDE_CODE',
  'CURSOR_AGENT',
  'GEMINI_CLI',
  'CODEX_SANDBOX',
  'CODEX_CI',
  'CODEX_THREAD_ID',
  'ANTIGRAVITY_AGENT',
  'AUGMENT_AGENT',
  'OPENCODE_CLIENT',
];
