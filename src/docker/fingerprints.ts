import { createHash } from 'node:crypto';

/**
 * Service → SHA-256 of its definition in what `docker compose config --format json` printed. Left out is what compose leaves out
 * of its own hash because no container needs to be made anew for it; the order of keys does not count.
 */
export function fingerprintServices(printed: string): Readonly<Record<string, string>> {
  const { services } = JSON.parse(printed) as { readonly services?: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  return Object.fromEntries(Object.entries(services ?? {}).map(([name, service]) => [name, sha256(relevantPart(service))]));
}

function relevantPart(service: Readonly<Record<string, unknown>>): unknown {
  const deploy = without((service.deploy ?? {}) as Readonly<Record<string, unknown>>, ['replicas']);
  return { ...without(service, ['build', 'pull_policy', 'scale', 'depends_on', 'profiles']), deploy };
}

function without(record: Readonly<Record<string, unknown>>, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

function sha256(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
