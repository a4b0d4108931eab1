import { writeFile } from 'node:fs/promises';
import { buildJsonSchema } from '#profiles/json-schema.ts';

await writeFile(new URL('../profiles/schema.json', import.meta.url), `${JSON.stringify(buildJsonSchema(), undefined, 2)}\n`);
