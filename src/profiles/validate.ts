import type { ZodType, z } from 'zod';
import { suggest } from '#domain/text.ts';
import { knownKeys } from './known-keys.ts';
import type { YamlText } from './parse-yaml.ts';
import { type Problem, quoteValue } from './problems.ts';
import { proposeProjectName } from './project-name.ts';

/** A part of a YAML file that a schema is for. */
export interface Subject {
  readonly yaml: YamlText;
  /** Where the part begins; empty for the whole file. */
  readonly at: readonly string[];
}

/** Validated settings, or every problem in them. */
export type Validated<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/** Validates a part of a file; all problems at once, with their places and suggestions for misspelt keys. */
export function validate<T>(schema: ZodType<T>, data: unknown, subject: Subject): Validated<T> {
  const result = schema.safeParse(data);
  if (result.success) return { value: result.data };
  return { problems: result.error.issues.flatMap((issue) => problemsOf(issue, { schema, data, subject })) };
}

interface Setting {
  readonly schema: ZodType;
  readonly data: unknown;
  readonly subject: Subject;
}

function problemsOf(issue: z.core.$ZodIssue, { schema, data, subject }: Setting): readonly Problem[] {
  const path = [...subject.at, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      at: subject.yaml.locate([...path, key], 'key'),
      message: unknownKey(key, issue.path, knownKeys(schema, issue.path)),
    }));
  }
  const value = valueAt(data, issue.path);
  const missing = value === undefined && issue.path.length > 0;
  return [{ at: subject.yaml.locate(path, issue.code === 'invalid_key' ? 'key' : 'value'), message: describe(issue, value, missing) }];
}

function unknownKey(key: string, parent: readonly PropertyKey[], known: readonly string[]): string {
  const where = parent.length === 0 ? '' : ` in ${dotted(parent)}`;
  const near = suggest(key, known);
  const help = near === undefined ? `; known here: ${known.join(', ')}` : `; did you mean \`${near}\`?`;
  return `unknown key ${quoteValue(key)}${where}${help}`;
}

function describe(issue: z.core.$ZodIssue, value: unknown, missing: boolean): string {
  const name = issue.path.length === 0 ? 'the file' : dotted(issue.path);
  if (missing) return `${name} is missing`;
  if (issue.code === 'invalid_key')
    return `${quoteValue(String(issue.path.at(-1)))}: a name ${issue.issues[0]?.message ?? 'is not allowed'}`;
  return `${name} ${requirement(issue, value)}, not ${quoteValue(value)}`;
}

function requirement(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'invalid_type') return `must be ${EXPECTED[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `must be ${oneOf(issue.values.map(String), value)}`;
  const isName = issue.path.at(-1) === 'projectName' || (issue.path.length === 1 && issue.path[0] === 'name');
  if (isName && typeof value === 'string') return `${issue.message} (for example ${proposeProjectName(value)})`;
  return issue.message.startsWith('Invalid') || issue.message.startsWith('Too') ? `is not right: ${issue.message}` : issue.message;
}

function oneOf(values: readonly string[], value: unknown): string {
  const near = typeof value === 'string' ? suggest(value, values) : undefined;
  const list = values.length === 1 ? values[0] : `one of ${values.join(', ')}`;
  return near === undefined ? `${list}` : `${list} (did you mean ${near}?)`;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined), data);
}

/** `compose.files[1]` */
function dotted(path: readonly PropertyKey[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`)).join('');
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a map of keys and values',
  record: 'a map of names and values',
};
