import * as z from 'zod';
import {
  duration,
  exactlyOneOf,
  fromEnvironment,
  oneOfKeys,
  period,
  shortName,
  size,
  text,
  textList,
  variableName,
} from './schema-values.ts';

const SOURCE_KINDS = ['postgres', 'mysql', 'mariadb', 'mongo', 'redis', 'valkey', 'sqlite', 'volume'] as const;
const SOURCE_PLACES = ['service', 'volume', 'url'];

const source = z
  .strictObject({
    name: shortName('What it is called in lists and files.').optional(),
    service: text('Compose service whose own client makes the dump.').optional(),
    volume: text('Volume, by its key in the compose files.').optional(),
    url: fromEnvironment('Connection of a database that is not in this stack.').optional(),
    kind: z.enum(SOURCE_KINDS).meta({ description: 'What is in it.' }),
    path: text('File inside the volume or service, for SQLite.').optional(),
    databases: textList('Only these databases; all when absent.').optional(),
    capture: z.enum(['logical', 'cold', 'tar']).meta({ description: 'How it is taken; chosen by kind when absent.' }).optional(),
    exclude: z.boolean().meta({ description: 'Leave this source out although it was found.' }).optional(),
  })
  .refine(exactlyOneOf(SOURCE_PLACES), { error: 'needs exactly one of service, volume and url' })
  .meta({ description: 'One thing that holds data.', ...oneOfKeys(SOURCE_PLACES) });

const count = (description: string) => z.int().positive().meta({ description }).optional();

const policy = z
  .strictObject({
    last: count('The newest so many.'),
    hourly: count('One per hour, so many.'),
    daily: count('One per day, so many.'),
    weekly: count('One per week, so many.'),
    monthly: count('One per month, so many.'),
    yearly: count('One per year, so many.'),
    within: period('All of this period.').optional(),
    hourlyWithin: period('One per hour within this period.').optional(),
    dailyWithin: period('One per day within this period.').optional(),
    weeklyWithin: period('One per week within this period.').optional(),
    monthlyWithin: period('One per month within this period.').optional(),
    yearlyWithin: period('One per year within this period.').optional(),
  })
  .meta({ description: 'A checkpoint stays when any of these wants it.' });

const safety = z
  .strictObject({
    last: count('The newest so many.'),
    within: period('All of this period.').optional(),
    limit: size('Room for them.').optional(),
  })
  .meta({ description: 'Copies made before something is changed (before-down, before-restore, …).' });

const offsite = z
  .strictObject({
    s3: z
      .strictObject({
        endpoint: z.url({ error: 'must be a URL such as https://s3.example.com' }).meta({ description: 'URL of the S3-compatible store.' }),
        bucket: text('Bucket.'),
        prefix: z.string().meta({ description: 'Put before every key.' }).optional(),
        region: text('Region, where the store wants one.').optional(),
        keys: z
          .strictObject({
            env: z
              .tuple([variableName('Variable with the key id.'), variableName('Variable with the secret key.')])
              .meta({ description: "The key id's variable, then the secret key's." }),
          })
          .meta({ description: 'Names of the two environment variables that hold the keys.' }),
      })
      .meta({ description: 'An S3-compatible store.' }),
    limit: size('Warns at 80 % of it.').optional(),
  })
  .meta({ description: 'A second place for checkpoints, away from this machine.' });

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day such as "02:00"' });

const schedule = z
  .strictObject({
    at: z.array(timeOfDay).min(1, { error: 'needs at least one time' }).meta({ description: 'Times of day, e.g. ["02:00", "14:00"].' }),
    zone: text('Time zone, e.g. Europe/Berlin.').optional(),
    drill: z
      .strictObject({
        on: z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']).meta({ description: 'Day of the week.' }),
        at: timeOfDay.meta({ description: 'Time of day.' }),
      })
      .meta({ description: 'When a restore is rehearsed.' })
      .optional(),
  })
  .meta({ description: 'When checkpoints are made by themselves.' });

/** Data: what is backed up, how long it is kept, where it goes. */
export const dataSchema = z
  .strictObject({
    sources: z.array(source).meta({ description: 'What holds data; inferred from the compose model when absent.' }).optional(),
    keep: z.array(policy).meta({ description: 'How long checkpoints are kept; the policies are a union.' }).optional(),
    minKeep: count('Never fewer than these.'),
    safety: safety.optional(),
    store: text('Another directory for checkpoints.').optional(),
    offsite: offsite.optional(),
    encrypt: z
      .strictObject({ age: textList('age recipients (public keys).').min(1, { error: 'needs at least one recipient' }) })
      .meta({ description: 'Encrypts checkpoints.' })
      .optional(),
    schedule: schedule.optional(),
    objectives: z
      .strictObject({
        rpo: duration('How much work may be lost.').optional(),
        rto: duration('How long a restore may take.').optional(),
      })
      .meta({ description: 'What backups have to achieve; measured by drills.' })
      .optional(),
  })
  .meta({ description: 'Checkpoints of the data.' });
