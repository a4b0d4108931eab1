import * as z from 'zod';
import { parseDuration } from '#domain/duration.ts';

/** `90`, `1m30s`, `500ms`, `7d`: more than nothing. Plain numbers are seconds. */
export function duration(description: string) {
  return z
    .union([z.number().positive(), z.string().regex(DURATION, { error: NO_DURATION, abort: true })], { error: NO_DURATION })
    .refine((value) => (parseDuration(String(value)) ?? 0) > 0, { error: 'must be a duration longer than 0, such as 90s, 1m30s or 7d' })
    .meta({ description: `${description} A duration: 90s, 1m30s, 500ms, 4h, 7d; a plain number is seconds.` });
}

/** Seconds of a validated duration. */
export function secondsOf(value: string | number): number {
  return parseDuration(String(value)) ?? 0;
}

/** Durations that calendars know and clocks do not: `7d`, `4w`, `3m`, `1y` and sums of them, for retention. */
export function period(description: string) {
  return z
    .string({ error: 'must be a period such as 7d, 4w, 6m or 1y' })
    .regex(/^(\d+[hdwmy])+$/, { error: 'must be a period such as 7d, 4w, 6m or 1y' })
    .meta({ description: `${description} A period: h hours, d days, w weeks, m months, y years.` });
}

/** `500MB`, `5GB`, `1.5 TiB`. */
export function size(description: string) {
  return z
    .union([z.number().positive(), z.string().regex(SIZE, { error: NO_SIZE })], { error: NO_SIZE })
    .meta({ description: `${description} A size: 500MB, 5GB, 2TiB; a plain number is bytes.` });
}

/** Text that says something. */
export function text(description: string) {
  return z.string().min(1, { error: 'must not be empty' }).meta({ description });
}

/** Name of an environment variable. */
export function variableName(description: string) {
  return z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'must be the name of an environment variable: letters, digits and _' })
    .meta({ description });
}

/** Where a secret stands: never the secret itself. */
export function fromEnvironment(description: string) {
  return z.strictObject({ env: variableName('Name of the environment variable that holds it.') }).meta({ description });
}

/** A name that a person types: profile, command, probe. */
export function shortName(description: string) {
  return z
    .string()
    .regex(SHORT_NAME, { error: 'must begin with a letter or digit and hold only letters, digits, ".", "_", ":" and "-", 63 at most' })
    .meta({ description });
}

/** Names that are typed on a command line, in file names and in phrases. */
export const SHORT_NAME = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,62}$/;

/** Text or a list of texts. */
export function textList(description: string) {
  return z.array(z.string().min(1, { error: 'must not be empty' })).meta({ description });
}

/** Needs exactly one of these keys; for objects that are one of several kinds. */
export function exactlyOneOf(keys: readonly string[]) {
  return (value: object): boolean => keys.filter((key) => key in value).length === 1;
}

/** The same for editors. */
export function oneOfKeys(keys: readonly string[]) {
  return { oneOf: keys.map((key) => ({ required: [key] })) };
}

const NO_DURATION = 'must be a duration such as 90s, 1m30s, 500ms or 7d';
const NO_SIZE = 'must be a size such as 500MB, 5GB or 1TB';
const DURATION = /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d))+$|^\d+(\.\d+)?$/;
const SIZE = /^\d+(\.\d+)? ?([kKMGTP]i?)?B?$/;
