import { createHash } from 'node:crypto';
import { foldJournal, type JournalEntry, type JournalLine } from '#domain/journal.ts';
import type { Clock } from '#system/clock.ts';
import type { Files } from '#system/files.ts';
import type { Locks } from '#system/locks.ts';

/** The append-only record of one stack. Each line carries its own checksum; a torn last line is closed, never glued to. */
export interface Journal {
  readonly path: string;
  append(line: JournalLine): Promise<void>;
  /** Entries, oldest first, and the numbers of lines that do not hold (from 1). */
  read(): Promise<JournalContent>;
}

export interface JournalContent {
  readonly entries: readonly JournalEntry[];
  readonly damaged: readonly number[];
}

export interface JournalEdges {
  readonly files: Files;
  readonly locks: Locks;
  readonly clock: Clock;
}

/** Opens the journal at a path; nothing is made before the first append. */
export function openJournal(path: string, edges: JournalEdges): Journal {
  return {
    path,
    append: (line) => append(path, line, edges),
    read: async () => parseJournal((await edges.files.readText(path)) ?? ''),
  };
}

/** Lines of a journal file. A damaged line (torn write, edited, flipped bit) is named and left out, never guessed at. */
export function parseJournal(text: string): JournalContent {
  const lines = text.split('\n').map(parseLine);
  const damaged = lines.flatMap((line, index) => (line === 'damaged' ? [index + 1] : []));
  return { entries: foldJournal(lines.filter((line) => typeof line === 'object')), damaged };
}

/** One line with its checksum, newline included. */
export function formatJournalLine(line: JournalLine): string {
  return `${JSON.stringify({ ...line, sum: checksum(line) })}\n`;
}

async function append(path: string, line: JournalLine, { files, locks, clock }: JournalEdges): Promise<void> {
  const holder = { pid: process.pid, what: 'journal', since: new Date(clock.now()).toISOString() };
  const lock = await locks.acquire(`journal-${checksum(path)}`, holder, 5000);
  try {
    const closing = (await endsOpen(path, files)) ? '\n' : '';
    await files.appendSynced(path, closing + formatJournalLine(line));
  } finally {
    if ('release' in lock) await lock.release();
  }
}

/** Whether a crash left a last line without its end. */
async function endsOpen(path: string, files: Files): Promise<boolean> {
  const bytes = await files.readBytes(path);
  return bytes !== undefined && bytes.length > 0 && bytes.at(-1) !== NEWLINE;
}

const NEWLINE = 10;

function parseLine(text: string): JournalLine | 'damaged' | 'empty' {
  if (text === '') return 'empty';
  try {
    const { sum, ...line } = JSON.parse(text) as JournalLine & { sum: string };
    return sum === checksum(line) ? (line as JournalLine) : 'damaged';
  } catch {
    return 'damaged'; // not JSON: a torn or overwritten line
  }
}

function checksum(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
