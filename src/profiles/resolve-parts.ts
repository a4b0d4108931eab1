import path from 'node:path';
import type { Probe, Profile, ProfileEnv, TeamCommand } from '#domain/profile.ts';
import type { ProfileSettings } from './schema.ts';
import { secondsOf } from './schema-values.ts';

/** Seconds that up, update, restore and migrate wait for health when nothing says otherwise. */
const DEADLINE = 120;
/** Seconds between two runs of a probe, and how long one may take. */
const EVERY = 10;
const TIMEOUT = 3;

/** Env files are named from the project's root. */
export function resolveEnv(env: ProfileSettings['env'], root: string): ProfileEnv {
  const absolute = (file: string): string => path.resolve(root, file);
  return {
    files: (env?.files ?? []).map(absolute),
    host: (env?.host ?? []).map(absolute),
    pass: env?.pass ?? [],
    template: env?.template === undefined ? undefined : absolute(env.template),
    required: env?.required ?? [],
  };
}

/** Deadline and probes, in seconds. */
export function resolveHealth(health: ProfileSettings['health']): Profile['health'] {
  return {
    deadlineSeconds: health?.deadline === undefined ? DEADLINE : secondsOf(health.deadline),
    probes: (health?.probes ?? []).flatMap(resolveProbe),
  };
}

type ProbeSettings = NonNullable<NonNullable<ProfileSettings['health']>['probes']>[number];

function resolveProbe(probe: ProbeSettings): readonly Probe[] {
  const { slowerThan, ...degraded } = probe.degraded ?? {};
  const slow = slowerThan === undefined ? {} : { slowerThanMs: secondsOf(slowerThan) * 1000 };
  const common = {
    name: probe.name,
    service: probe.service ?? probe.sql,
    everySeconds: probe.every === undefined ? EVERY : secondsOf(probe.every),
    timeoutSeconds: probe.timeout === undefined ? TIMEOUT : secondsOf(probe.timeout),
    expect: probe.expect ?? {},
    degraded: probe.degraded === undefined ? undefined : { ...degraded, ...slow },
  };
  if (probe.http !== undefined) return [{ ...common, kind: 'http', url: probe.http }];
  if (probe.tcp !== undefined) return [{ ...common, kind: 'tcp', ...hostAndPort(probe.tcp) }];
  return probe.sql === undefined ? [] : [{ ...common, kind: 'sql', target: probe.sql }];
}

function hostAndPort(address: string): { readonly host: string; readonly port: number } {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(address.slice(colon + 1)) };
}

/** A command that names a service runs there. */
export function resolveCommands(commands: ProfileSettings['commands']): Readonly<Record<string, TeamCommand>> {
  const resolved = Object.entries(commands ?? {}).map(([name, { run, service, command, description }]) => {
    const where = run ?? (service === undefined ? 'host' : 'service');
    return [name, { run: where, service, command, description }] as const;
  });
  return Object.fromEntries(resolved);
}
