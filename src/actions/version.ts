import * as z from 'zod';
import { DevctlError } from '#domain/error.ts';
import type { Query } from './action.ts';

const options = z.object({});

interface Versions {
  readonly devctl: string;
  readonly node: string;
  /** null: not there, too old, or it does not answer. */
  readonly compose: string | null;
  readonly engine: string | null;
}

/** Tells the versions of devctl and of what it works with. */
export const version: Query<z.infer<typeof options>, Versions> = {
  kind: 'query',
  id: 'other.version',
  command: 'version',
  title: 'Show versions',
  summary: 'versions of devctl, Node, Compose and the engine',
  examples: ['devctl version', 'devctl --version'],
  options,
  unavailable: () => undefined,
  read: async (context) => {
    const [compose, engine] = await Promise.all([
      known(async () => (await (await context.compose()).version()).text),
      known(async () => (await (await context.engine()).identity()).version),
    ]);
    return { devctl: context.edges.version, node: process.versions.node, compose, engine };
  },
  document: (versions) => ({ schema: 1, ...versions }),
  lines: ({ devctl, node, compose, engine }) => [
    `devctl ${devctl}`,
    `node ${node}`,
    `compose ${compose ?? 'not found'}`,
    `engine ${engine ?? 'not reached'}`,
  ],
};

/** Outside a project, or without an engine, the other versions still count. */
async function known(read: () => Promise<string>): Promise<string | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DevctlError) return null;
    throw error;
  }
}
