import * as z from 'zod';

// The JSON documents of the command line (design: command line, JSON shapes), as a program that reads them would declare
// them. Fields may be added, never renamed or taken away.

const schema = z.literal(1);
const identity = z.object({
  engineId: z.string(),
  endpoint: z.string(),
  context: z.string(),
  projectName: z.string(),
  profile: z.string(),
  projectDirectory: z.string(),
  files: z.array(z.string()),
  composeProfiles: z.array(z.string()),
});
const risk = z.enum(['none', 'interrupts', 'recreates', 'destroys', 'irrecoverable']);

export const profilesListDocument = z.object({
  schema,
  project: z.object({ name: z.string(), root: z.string(), config: z.string().nullable() }),
  profiles: z.array(
    z.object({
      name: z.string(),
      role: z.enum(['dev', 'test', 'e2e', 'staging', 'prod']),
      protection: z.enum(['open', 'guarded', 'protected']),
      source: z.enum(['file', 'inferred', 'shipped']),
      files: z.array(z.string()),
      envFiles: z.array(z.string()),
      composeProfiles: z.array(z.string()),
      projectName: z.string().nullable(),
      engine: z.object({ endpoint: z.string().nullable(), context: z.string().nullable() }),
      default: z.boolean(),
    }),
  ),
});

export const psDocument = z.object({
  schema,
  identity,
  services: z.array(
    z.object({
      service: z.string(),
      container: z.string().nullable(),
      id: z.string().nullable(),
      state: z.enum(['running', 'exited', 'created', 'paused', 'restarting', 'missing', 'removing', 'dead']),
      health: z.enum(['healthy', 'unhealthy', 'starting', 'none']),
      exitCode: z.number().nullable(),
      startedAt: z.string().nullable(),
      ports: z.array(z.object({ host: z.string().regex(/:\d+$/), container: z.string().regex(/^\d+\/\w+$/) })),
      cpu: z.number().nullable(),
      memory: z.number().nullable(),
      waitsFor: z.array(z.string()),
      drift: z.enum(['none', 'config', 'image', 'files', 'unknown']),
    }),
  ),
});

export const healthDocument = z.object({
  schema,
  overall: z.enum(['healthy', 'degraded', 'unhealthy', 'starting', 'down']),
  checks: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['container', 'http', 'tcp', 'sql']),
      status: z.string(),
      latencyMs: z.number().nullable(),
      output: z.string(),
      since: z.string().nullable(),
      streak: z.number().nullable(),
    }),
  ),
});

export const planDocument = z.object({
  schema,
  action: z.string().nullable(),
  risk,
  reasons: z.array(z.string()),
  steps: z.array(z.object({ id: z.number(), what: z.string(), why: z.string(), after: z.array(z.number()) })),
  losses: z.array(
    z.object({
      kind: z.enum(['volume', 'database', 'container', 'image', 'file', 'unknown']),
      name: z.string(),
      bytes: z.number().nullable(),
      detail: z.string(),
      checkpoint: z.string().nullable(),
    }),
  ),
  keeps: z.array(z.object({ kind: z.string(), name: z.string(), why: z.string() })),
  gate: z.object({ answer: z.enum(['none', 'yes', 'type', 'unlock']), phrase: z.string().nullable(), allow: z.string().nullable() }),
  hash: z.string().nullable(),
  expires: z.string().nullable(),
});

export const refusalDocument = planDocument.extend({
  refused: z.literal(true),
  why: z.string(),
  allow: z.string().nullable(),
  safer: z.string().nullable(),
});

export const errorDocument = z.object({
  schema,
  error: z.object({
    kind: z.enum(['usage', 'environment', 'external', 'refused', 'unhealthy', 'cancelled', 'bug']),
    message: z.string(),
    hint: z.string().nullable(),
    command: z.array(z.string()).optional(),
    exitCode: z.number().nullable().optional(),
    stderr: z.array(z.string()).optional(),
  }),
});

export const journalDocument = z.object({
  schema,
  entries: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      user: z.string(),
      action: z.string(),
      title: z.string(),
      risk,
      answer: z.string(),
      outcome: z.string().nullable(),
      steps: z.array(z.object({ id: z.number(), what: z.string(), state: z.string() })),
    }),
  ),
  damaged: z.array(z.number()),
});

export const eventDocument = z.object({
  schema,
  event: z.enum(['started', 'step', 'output', 'progress', 'warning', 'done', 'failed']),
});
