/** Progress of one resource, e.g. `Container shop-api-1` / `Started`. */
export interface ComposeProgress {
  readonly id: string;
  readonly text: string;
  readonly done: boolean;
}

/**
 * One line of compose's progress: JSON of 2.29–2.40 (`status` holds the words), JSON of 5.x (`status` holds a state, `text` the words),
 * or a plain line (` Container x  Started`). undefined for any other line; buildx and pull lines are mixed in.
 */
export function parseProgress(line: string): ComposeProgress | undefined {
  return line.startsWith('{') ? parseJsonProgress(line) : parsePlainProgress(line);
}

function parseJsonProgress(line: string): ComposeProgress | undefined {
  const raw = parseObject(line);
  if (typeof raw?.id !== 'string') return undefined;
  const words = String(raw.text ?? raw.status ?? '');
  const state = raw.text === undefined ? undefined : String(raw.status);
  const done = STATES_5.has(state ?? '') ? state !== 'Working' : isFinal(words);
  return { id: raw.id, text: [words, raw.details].filter(Boolean).join(' '), done };
}

const STATES_5: ReadonlySet<string> = new Set(['Working', 'Done', 'Warning', 'Error']);

function parseObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function parsePlainProgress(line: string): ComposeProgress | undefined {
  const match = /^\s*((?:Container|Network|Volume|Image|Service|Config|Secret)\s+\S+)\s+(\S.*)$/.exec(line);
  if (!match?.[1] || !match[2]) return undefined;
  return { id: match[1].replace(/\s+/, ' ').replaceAll('"', ''), text: match[2].trim(), done: isFinal(match[2]) };
}

/** Compose's words for work that is over; the others end in -ing. */
function isFinal(words: string): boolean {
  return /^(Created|Started|Running|Healthy|Exited|Removed|Stopped|Killed|Recreated|Restarted|Paused|Unpaused|Pulled|Built|Skipped|Error|Exists|Resource is still in use|Warning)\b/.test(
    words.trim(),
  );
}

/** The message of the JSON object with which a failing command ends in JSON mode (`{"error":true,"message":"…"}`). */
export function parseJsonFailure(line: string): string | undefined {
  const raw = line.startsWith('{') ? parseObject(line) : undefined;
  return raw?.error === true && typeof raw.message === 'string' ? raw.message : undefined;
}
