import { type Document, isCollection, isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { SourceLocation } from '#domain/location.ts';
import { type Problem, quoteValue } from './problems.ts';

/** A parsed YAML text and where each of its values stands. */
export interface YamlText {
  readonly data: unknown;
  /** Place of the value at this path, or of the nearest thing around it; `key` asks for the key's place. */
  locate(path: readonly PropertyKey[], what?: 'key' | 'value'): SourceLocation;
}

/** Parses one YAML document. Malformed text, duplicate keys and alias bombs are problems. */
export function parseYaml(file: string, text: string): YamlText | { readonly problems: readonly Problem[] } {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, merge: true, logLevel: 'error', prettyErrors: false });
    const problems = problemsOf(document, { file, text, lines });
    return problems.length > 0 ? { problems } : { data: document.toJS({ maxAliasCount: 100 }), locate: locator(document, file, lines) };
  } catch (error) {
    return { problems: [{ at: { file, line: 1, column: 1 }, message: explainThrown(error) }] };
  }
}

interface Source {
  readonly file: string;
  readonly text: string;
  readonly lines: LineCounter;
}

/** One mistake makes the parser report several errors: all duplicate keys are told, of the rest only the first. */
function problemsOf(document: Document.Parsed, source: Source): readonly Problem[] {
  const duplicates = document.errors.filter((error) => error.code === 'DUPLICATE_KEY');
  const first = document.errors.find((error) => error.code !== 'DUPLICATE_KEY');
  return (first ? [first] : duplicates).map((error) => describeError(error, source));
}

function describeError(error: YAMLError, { file, text, lines }: Source): Problem {
  const { line, col } = lines.linePos(error.pos[0]);
  const at = { file, line: Math.max(1, line), column: Math.max(1, col) };
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^[^\s:]+/.exec(text.slice(error.pos[0]))?.[0] ?? '';
    return { at, message: `the key ${quoteValue(key)} stands here a second time` };
  }
  if (error.code === 'MULTIPLE_DOCS') return { at, message: 'a second YAML document begins here (---); one file holds one' };
  const excerpt = (text.split('\n')[at.line - 1] ?? '').trim();
  return { at, message: `not valid YAML: ${error.message.split('\n')[0]}${excerpt === '' ? '' : `, in ${quoteValue(excerpt)}`}` };
}

function explainThrown(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError) return 'not valid YAML: nested too deeply';
  return /alias/i.test(message) ? 'aliases (*name) expand to too much; write the values out' : `not valid YAML: ${message}`;
}

function locator(document: Document.Parsed, file: string, lines: LineCounter): YamlText['locate'] {
  return (path, what = 'value') => {
    const offset = offsetOf(document, path, what);
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
}

/** Walks as far as the path leads; aliases and merged keys end the walk at the place that refers to them. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[], what: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const [index, step] of path.entries()) {
    if (!isCollection(node)) break;
    const pair = isMap(node) ? node.items.find((item) => isPair(item) && keyOf(item.key) === String(step)) : undefined;
    const next = pair ? pair.value : isMap(node) ? undefined : node.items[Number(step)];
    const last = index === path.length - 1;
    if (pair && ((last && what === 'key') || startOf(pair.value) === 0)) return startOf(pair.key);
    if (next === undefined || next === null) break;
    node = next;
    offset = startOf(next);
  }
  return offset;
}

function keyOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
