import * as z from 'zod';

/** Services by name; the command line takes them as words without a flag. */
export const services = z
  .array(z.string())
  .default([])
  .meta({ positional: true, variadic: true, value: 'SERVICE', description: 'services; all of them when none is named' });

/** One service by name. */
export const service = z.string().meta({ positional: true, value: 'SERVICE', description: 'service' });

/** A command and its arguments, passed on as they are. */
export const command = z
  .array(z.string())
  .default([])
  .meta({ positional: true, variadic: true, rest: true, value: 'COMMAND', description: 'command and its arguments' });

/** A switch that is off unless given. */
export function flag(description: string, short?: string): z.ZodDefault<z.ZodBoolean> {
  return z
    .boolean()
    .default(false)
    .meta({ description, ...(short ? { short } : {}) });
}

/** How long to wait, as people write it (`90s`, `2m`); undefined: as the profile says. */
export const timeout = z
  .string()
  .optional()
  .meta({ value: 'DURATION', description: "how long to wait (e.g. 90s, 2m); the profile's deadline when absent" });
