/** Text from containers and tools made safe for a terminal: escape sequences and control characters go, tabs widen. */
export function neutralise(text: string): string {
  return text.replace(ESCAPE_SEQUENCES, '').replaceAll('\t', '    ').replace(CONTROL_CHARACTERS, '');
}

/** Neutralised, but colours (SGR) stay. */
export function neutraliseKeepingColour(text: string): string {
  return text
    .replace(ESCAPE_SEQUENCES, (sequence) => (/^\u001b\[[\d;:]*m$/.test(sequence) ? sequence : ''))
    .replaceAll('\t', '    ')
    .replace(CONTROL_CHARACTERS_BUT_ESCAPE, '');
}

/** Order by code units. The first localeCompare of a process loads Unicode's collation tables: 40 ms, more than `ps` may take. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The nearest of some words by edit distance, when it is near enough to be a misspelling. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

/** Optimal string alignment distance: insertions, deletions, substitutions, and two neighbours swapped. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution, swap));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

// CSI, OSC/DCS/APC/PM/SOS strings, and two-character escapes (ECMA-48).
const ESCAPE_SEQUENCES =
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u009b[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-~]/g;
// C0 without newline, DEL, C1, and the bidirectional overrides that can reverse a line.
const CONTROL_CHARACTERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const CONTROL_CHARACTERS_BUT_ESCAPE = /[\u0000-\u0009\u000b-\u001a\u001c-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
