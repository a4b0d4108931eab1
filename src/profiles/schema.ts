import * as z from 'zod';
import { PROTECTIONS, ROLES } from '#domain/protection.ts';
import { PROJECT_NAME } from './project-name.ts';
import { dataSchema } from './schema-data.ts';
import { duration, exactlyOneOf, fromEnvironment, oneOfKeys, shortName, text, textList, variableName } from './schema-values.ts';

const projectName = z
  .string()
  .regex(PROJECT_NAME, { error: 'must begin with a lower-case letter or digit and hold only a-z, 0-9, _ and -' })
  .meta({ description: 'Compose project name.' });

const compose = z
  .strictObject({
    files: textList('Compose files in merge order, from the project directory.').min(1, { error: 'needs at least one file' }).optional(),
    profiles: textList('Compose profiles that are switched on.').optional(),
    projectName: projectName.optional(),
    projectDirectory: text('What relative paths in the files start from; the directory of the first file when absent.').optional(),
  })
  .meta({ description: 'The compose stack; absent for a profile that lives on the host only.' });

const env = z
  .strictObject({
    files: textList('Env files whose variables fill the compose files; a later one wins.').optional(),
    host: textList('Env files for commands on the host (migrations, seeds, `with`); never for compose.').optional(),
    pass: z
      .array(variableName('Name of a variable.'))
      .meta({ description: 'Variables handed on from the calling process (CI secrets).' })
      .optional(),
    template: text('The env file in git that the others are copied from.').optional(),
    required: z.array(variableName('Name of a variable.')).meta({ description: 'Variables that must have a value.' }).optional(),
  })
  .meta({ description: 'Environment.' });

const ENGINE_KEYS = ['context', 'host'];

const engine = z
  .strictObject({
    context: text('Docker context.').optional(),
    host: z
      .string()
      .regex(/^(unix|npipe|tcp|ssh|http|https):\/\/.+/, { error: 'must be a URL such as unix:///var/run/docker.sock or ssh://deploy@box' })
      .meta({ description: 'Address of the engine, e.g. ssh://deploy@box.' })
      .optional(),
  })
  .refine(exactlyOneOf(ENGINE_KEYS), { error: 'needs exactly one of context and host' })
  .meta({ description: 'The Docker engine; what docker uses now when absent.', ...oneOfKeys(ENGINE_KEYS) });

const status = z.int().min(100).max(599).meta({ description: 'HTTP status.' });
const json = z.record(z.string(), z.json()).meta({ description: 'Keys of the JSON answer (dots reach deeper) and their values.' });

const PROBE_KEYS = ['http', 'tcp', 'sql'];

const probe = z
  .strictObject({
    name: shortName('What it is called.'),
    service: text('Service that it tells about.').optional(),
    http: z
      .url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })
      .meta({ description: 'URL that must answer.' })
      .optional(),
    tcp: z
      .string()
      .regex(/^(\[[0-9a-fA-F:]+\]|[^\s:[\]]+):\d{1,5}$/, { error: 'must be HOST:PORT, e.g. localhost:6379' })
      .meta({ description: 'HOST:PORT that must accept a connection.' })
      .optional(),
    sql: text('Service whose database must answer SELECT 1 through its own client.').optional(),
    expect: z
      .strictObject({ status: status.optional(), json: json.optional() })
      .meta({ description: 'What a healthy answer is.' })
      .optional(),
    degraded: z
      .strictObject({ status: status.optional(), json: json.optional(), slowerThan: duration('Slower than this is degraded.').optional() })
      .meta({ description: 'What a degraded answer is.' })
      .optional(),
    every: duration('How often; 10s when absent.').optional(),
    timeout: duration('How long to wait; 3s when absent.').optional(),
  })
  .refine(exactlyOneOf(PROBE_KEYS), { error: 'needs exactly one of http, tcp and sql' })
  .meta({ description: 'A health check that devctl runs itself.', ...oneOfKeys(PROBE_KEYS) });

const haveDifferentNames = (probes: readonly { readonly name: string }[]): boolean =>
  new Set(probes.map((one) => one.name)).size === probes.length;

const health = z
  .strictObject({
    deadline: duration('How long up, update, restore and migrate wait for health.').optional(),
    probes: z
      .array(probe)
      .refine(haveDifferentNames, { error: 'must have names that differ' })
      .meta({ description: 'Health checks that devctl runs, beside those of the compose file.' })
      .optional(),
  })
  .meta({ description: 'Health.' });

const MIGRATION_TOOLS = ['drizzle', 'prisma', 'knex', 'node-pg-migrate', 'alembic', 'django', 'rails', 'dbmate', 'custom'] as const;

const migrations = z
  .strictObject({
    tool: z.enum(MIGRATION_TOOLS).meta({ description: 'A preset, or `custom` with commands.' }).optional(),
    run: z.enum(['host', 'container']).meta({ description: 'Where the commands run.' }).optional(),
    service: text('Service in which they run.').optional(),
    command: text('Applies pending migrations; the preset knows it when absent.').optional(),
    commands: z
      .strictObject({
        status: text('Lists them.').optional(),
        apply: text('Applies pending ones.').optional(),
        create: text('Makes a new one.').optional(),
        rollback: text('Takes the last one back.').optional(),
        reset: text('Begins anew.').optional(),
      })
      .meta({ description: "Commands of a `custom` tool, or in place of the preset's." })
      .optional(),
    url: fromEnvironment('Connection to the database.').optional(),
    shell: z
      .enum(['sh -c', 'sh -lc', 'bash -c', 'bash -lc'])
      .meta({ description: 'Shell in the container; sh -c when absent.' })
      .optional(),
  })
  .meta({ description: 'Database migrations.' });

const seed = z
  .strictObject({
    run: z.enum(['host', 'container']).meta({ description: 'Where the command runs.' }).optional(),
    service: text('Service in which it runs.').optional(),
    command: text('Fills the database with sample data.'),
  })
  .meta({ description: 'Sample data.' });

const notification = z
  .strictObject({
    slack: fromEnvironment('Slack webhook.').optional(),
    discord: fromEnvironment('Discord webhook.').optional(),
    webhook: fromEnvironment('Any other webhook; gets JSON.').optional(),
    on: z
      .array(z.enum(['failure', 'warning', 'success', 'info']))
      .meta({ description: 'What is told; all when absent.' })
      .optional(),
  })
  .refine(exactlyOneOf(['slack', 'discord', 'webhook']), { error: 'needs exactly one of slack, discord and webhook' })
  .meta({ description: 'Who is told.', ...oneOfKeys(['slack', 'discord', 'webhook']) });

const command = z
  .strictObject({
    run: z.enum(['host', 'service']).meta({ description: 'On the host, or in the service named.' }).optional(),
    service: text('Service in which it runs.').optional(),
    command: text('Command line for a shell.'),
    description: text('One line for menus.').optional(),
  })
  .refine((value) => value.run !== 'service' || value.service !== undefined, { error: 'run: service needs `service` too' })
  .refine((value) => value.run !== 'host' || value.service === undefined, { error: 'run: host takes no service' })
  .meta({ description: "One of the team's own commands: `devctl do NAME`." });

/** What devctl.yaml may set for all profiles at once; compose and role are each profile's own. */
const shared = {
  protection: z.enum(PROTECTIONS).meta({ description: 'How strictly it is guarded; follows the role when absent.' }).optional(),
  requires: textList('Profiles whose stacks come up first.').optional(),
  env: env.optional(),
  engine: engine.optional(),
  health: health.optional(),
  migrations: migrations.optional(),
  seed: seed.optional(),
  data: dataSchema.optional(),
  releases: z
    .strictObject({
      keep: z.int().positive().meta({ description: 'Images of so many releases stay.' }).optional(),
      tag: z.boolean().meta({ description: 'Whether releases are tagged in git.' }).optional(),
    })
    .meta({ description: 'Releases.' })
    .optional(),
  notify: z.array(notification).meta({ description: 'Who is told what.' }).optional(),
  commands: z.record(shortName('Name of the command.'), command).meta({ description: "The team's own commands." }).optional(),
  hooks: z
    .strictObject({ afterUp: text('Run after a successful up.').optional(), beforeDown: text('Run before down.').optional() })
    .meta({ description: 'Commands of the project that run around an action, on the host.' })
    .optional(),
};

/** One profile: a file in `profiles/`, or an entry of `profiles:` in devctl.yaml. */
export const profileSchema = z
  .strictObject({
    extends: text('Profile that this one starts from: one of the project, or dev, test, e2e, prod as shipped.').optional(),
    description: text('One line that says what it is for.').optional(),
    role: z.enum(ROLES).meta({ description: 'What it is for; sets severities and defaults.' }).optional(),
    compose: compose.optional(),
    ...shared,
  })
  .meta({ id: 'Profile', title: 'devctl profile', description: 'A named environment of a project.' });

/** devctl.yaml without its profiles, which are validated one by one. */
export const projectSchema = z
  .strictObject({
    name: projectName.meta({ description: 'Name of the project; of its directory when absent.' }).optional(),
    default: text('Profile that is taken when none is named; dev when absent.').optional(),
    profilesDir: text('Directory with one file per profile; profiles/ when absent.').optional(),
    profiles: z.record(shortName('Name of the profile.'), profileSchema).meta({ description: 'Profiles, inline.' }).optional(),
    ...shared,
  })
  .meta({ id: 'Project', title: 'devctl.yaml', description: 'A devctl project.' });

/** Settings of one profile as written, before defaults. */
export type ProfileSettings = z.infer<typeof profileSchema>;
