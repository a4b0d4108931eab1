import { parseEnv } from 'node:util';
import { DevctlError } from '#domain/error.ts';
import type { Context } from './context.ts';

/** Environment for commands on the host: devctl's own, then the profile's `env.files`, then `env.host`; later wins. */
export async function hostEnvironment(context: Context): Promise<Readonly<Record<string, string>>> {
  const { env } = await context.profile();
  const layers = await Promise.all([...env.files, ...env.host].map((path) => readEnvFile(path, context)));
  return Object.assign({}, context.edges.env, ...layers) as Record<string, string>;
}

async function readEnvFile(path: string, context: Context): Promise<Readonly<Record<string, string>>> {
  const text = await context.edges.files.readText(path);
  if (text === undefined)
    throw new DevctlError('usage', `The env file ${path} of this profile does not exist.`, {
      hint: 'Make it from its template, or take it out of the profile.',
    });
  return parseEnv(text) as Record<string, string>;
}
