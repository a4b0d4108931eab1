import { parseEnv } from 'node:util';
import * as z from 'zod';
import { DevctlError } from '#domain/error.ts';
import { maskValue } from '#domain/secrets.ts';
import { compareText, neutralise, suggest } from '#domain/text.ts';
import { shortPath } from '#profiles/problems.ts';
import type { Query } from './action.ts';
import type { Context } from './context.ts';
import { formatTable, painted } from './format-table.ts';
import { unknownService } from './select-named.ts';

const options = z.object({
  service: z
    .string()
    .optional()
    .meta({ positional: true, value: 'SERVICE', description: "a service's environment; the profile's for compose when absent" }),
  show: z.string().optional().meta({ value: 'NAME', description: 'the value of this one variable, unmasked; on a terminal only' }),
});

interface Variable {
  readonly name: string;
  /** null: taken from the shell and unset there. */
  readonly value: string | null;
  /** Where it is set: a file from the project's root, `shell`, or `compose`. */
  readonly origin: string;
}

interface EnvResult {
  readonly service: string | undefined;
  readonly variables: readonly Variable[];
  readonly shown: boolean;
}

/** Shows an environment, secrets masked. */
export const env: Query<z.infer<typeof options>, EnvResult> = {
  kind: 'query',
  id: 'stack.env',
  command: 'env',
  title: 'Show the environment',
  summary: 'environment of a service, or what the profile gives to compose; secrets masked',
  examples: ['devctl env', 'devctl env api', 'devctl env api --show DATABASE_URL'],
  options,
  unavailable: () => undefined,
  read: async (context, wish) => {
    if (wish.show !== undefined && !context.edges.isTerminal) {
      throw new DevctlError('usage', '--show prints a value unmasked, so it works on a terminal only.', {
        hint: 'Leave --show out to see it masked.',
      });
    }
    const variables = wish.service === undefined ? await readProfileEnv(context) : await readServiceEnv(context, wish.service);
    return {
      service: wish.service,
      variables: wish.show === undefined ? variables : [named(variables, wish.show)],
      shown: wish.show !== undefined,
    };
  },
  document: ({ service, variables, shown }) => ({
    schema: 1,
    service: service ?? null,
    variables: variables.map(({ name, value, origin }) => ({
      name,
      value: value === null || shown ? value : maskValue(name, value),
      origin,
    })),
  }),
  lines: ({ variables, shown }, paint) => {
    if (shown) return variables.map(({ value }) => neutralise(value ?? ''));
    const rows = variables.map(({ name, value, origin }) => [
      name,
      neutralise(value === null ? '' : maskValue(name, value)).replaceAll('\n', '⏎'),
      painted(origin, paint.dim),
    ]);
    return rows.length === 0 ? ['No variables.'] : formatTable(rows);
  },
};

/** What compose may interpolate: files in order, the later wins, then names that are passed from the shell. */
async function readProfileEnv(context: Context): Promise<readonly Variable[]> {
  const [project, profile] = await Promise.all([context.project(), context.profile()]);
  const variables = new Map<string, Variable>();
  for (const file of profile.env.files) {
    const text = (await context.edges.files.readText(file)) ?? '';
    for (const [name, value = ''] of Object.entries(parseEnv(text)))
      variables.set(name, { name, value, origin: shortPath(file, project.root) });
  }
  for (const name of profile.env.pass) {
    const value = context.edges.env[name];
    if (value !== undefined) variables.set(name, { name, value, origin: 'shell' });
  }
  return [...variables.values()].sort((a, b) => compareText(a.name, b.name));
}

/** The environment in the merged model: that of the container when it is made anew. */
async function readServiceEnv(context: Context, service: string): Promise<readonly Variable[]> {
  const [compose, inputs] = await Promise.all([context.compose(), context.inputs()]);
  const model = await compose.model(inputs);
  const found = model.services[service];
  if (!found) throw unknownService(service, Object.keys(model.services));
  return Object.entries(found.environment)
    .map(([name, value]) => ({ name, value, origin: value === null ? 'not set in the shell' : '' }))
    .sort((a, b) => compareText(a.name, b.name));
}

function named(variables: readonly Variable[], name: string): Variable {
  const found = variables.find((one) => one.name === name);
  if (found) return found;
  const near = suggest(
    name,
    variables.map((one) => one.name),
  );
  throw new DevctlError('usage', `There is no variable ${name}.`, { hint: near ? `Did you mean ${near}?` : 'devctl env lists them.' });
}
