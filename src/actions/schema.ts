import * as z from 'zod';
import { buildJsonSchema } from '#profiles/json-schema.ts';
import type { Query } from './action.ts';

const options = z.object({});

/** Prints the JSON Schema of devctl.yaml and profile files, for editors. */
export const schema: Query<z.infer<typeof options>, Readonly<Record<string, unknown>>> = {
  kind: 'query',
  id: 'other.schema',
  command: 'schema',
  title: 'Print the schema of devctl.yaml',
  summary: 'JSON Schema of devctl.yaml and profile files, for editors',
  examples: ['devctl schema > devctl.schema.json'],
  options,
  unavailable: () => undefined,
  read: async () => buildJsonSchema(),
  document: (result) => result,
  lines: (result) => JSON.stringify(result, undefined, 2).split('\n'),
};
