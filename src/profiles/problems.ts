import path from 'node:path';
import { DevctlError } from '#domain/error.ts';
import { formatLocation, type SourceLocation } from '#domain/location.ts';
import { maskText } from '#domain/secrets.ts';
import { compareText, neutralise } from '#domain/text.ts';

/** One thing that is wrong with a file, where it stands. */
export interface Problem {
  readonly at: SourceLocation;
  /** What is wrong, with the offending value. */
  readonly message: string;
  readonly hint?: string | undefined;
}

/** All problems as one `usage` error: the first line says how many, then one line each. Paths are shown from `root`. */
export function problemsError(problems: readonly Problem[], root: string): DevctlError {
  const sorted = [...problems].sort(byPlace);
  const lines = sorted.map((problem) => `${shortLocation(problem.at, root)}: ${problem.message}`);
  const files = new Set(sorted.map((problem) => problem.at.file));
  const message = lines.length === 1 ? (lines[0] ?? '') : [`${lines.length} problems in ${countFiles(files.size)}:`, ...lines].join('\n  ');
  return new DevctlError('usage', message, {
    hint:
      sorted.find((problem) => problem.hint !== undefined)?.hint ??
      'Correct the file and try again; `devctl schema` prints what may stand there.',
    details: { problems: sorted.map((problem) => ({ ...problem.at, message: problem.message })) },
  });
}

function byPlace(a: Problem, b: Problem): number {
  return compareText(a.at.file, b.at.file) || a.at.line - b.at.line || a.at.column - b.at.column;
}

function countFiles(count: number): string {
  return count === 1 ? 'one file' : `${count} files`;
}

/** `profiles/prod.yaml:3:7`; files outside the project keep their whole path. */
export function shortLocation(at: SourceLocation, root: string): string {
  return formatLocation({ ...at, file: shortPath(at.file, root) });
}

/** A path from the project's root, or whole when it lies elsewhere. */
export function shortPath(file: string, root: string): string {
  const relative = path.relative(root, file);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}

/** A value as it may stand in a message: one line, harmless, not endless, passwords in URLs masked. */
export function quoteValue(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const line = maskText(neutralise(text).replaceAll('\n', ' '));
  return `\`${line.length > 60 ? `${line.slice(0, 57)}…` : line}\``;
}
