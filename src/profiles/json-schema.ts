import * as z from 'zod';
import { profileSchema, projectSchema } from './schema.ts';

/** The JSON Schema for editors: fits devctl.yaml and profile files alike. Kept as `profiles/schema.json`. */
export function buildJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(z.union([projectSchema, profileSchema]).meta({ title: 'devctl.yaml and devctl profiles' }), { io: 'input' });
}
