import type { ZodType, z } from 'zod';
import type { Action } from '#actions/action.ts';
import { DevctlError } from '#domain/error.ts';
import { readFlags } from './option-flags.ts';

/** The validated options of an action. Throws `usage` that names every flag that is wrong, and why. */
export function readOptions<O>(action: Action<O>, raw: Readonly<Record<string, unknown>>): O {
  const parsed = (action.options as ZodType<O>).safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new DevctlError('usage', parsed.error.issues.map((issue) => formatIssue(issue, action as Action)).join('\n'), {
    hint: `devctl ${action.command} --help shows its flags.`,
  });
}

function formatIssue(issue: z.core.$ZodIssue, action: Action): string {
  const [key] = issue.path;
  const flag = readFlags(action.options).find((one) => one.key === key);
  const name = flag ? (flag.meta.value && flag.meta.positional ? flag.meta.value : flag.name) : String(key ?? 'options');
  return `devctl ${action.command}: ${name} ${formatProblem(issue)}.`;
}

/** In the words of somebody who typed it. */
function formatProblem(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be a ${issue.expected === 'int' ? 'whole number' : issue.expected}`;
    case 'too_small':
      return issue.origin === 'array' ? issue.message : `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}
