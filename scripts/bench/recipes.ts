import type { StackRecipe } from './stacks.ts';

const SOON_HEALTHY = { interval: '10s', timeout: '3s', retries: 5, start_period: '60s', start_interval: '1s' };

/** PostgreSQL, Redis, a web server and a worker: what the first frame and idling are measured on. */
export function fourServices(name: string): StackRecipe {
  return {
    name,
    services: {
      postgres: {
        image: 'postgres:17-alpine',
        environment: { POSTGRES_PASSWORD: 'bench' },
        tmpfs: ['/var/lib/postgresql/data'],
        healthcheck: { test: ['CMD', 'pg_isready', '-h', '127.0.0.1', '-U', 'postgres'], ...SOON_HEALTHY },
      },
      redis: {
        image: 'redis:7-alpine',
        command: ['redis-server', '--save', ''],
        tmpfs: ['/data'],
        healthcheck: { test: ['CMD', 'redis-cli', 'ping'], ...SOON_HEALTHY },
      },
      web: {
        image: 'devctl/http-app',
        depends_on: { postgres: { condition: 'service_healthy' }, redis: { condition: 'service_healthy' } },
        healthcheck: { test: ['CMD', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:3000/health'], ...SOON_HEALTHY },
      },
      worker: { ...sleeper(), depends_on: { redis: { condition: 'service_healthy' } } },
    },
  };
}

/** So many services that do nothing. */
export function sleepers(name: string, count: number): StackRecipe {
  const names = Array.from({ length: count }, (_, index) => `s${String(index + 1).padStart(3, '0')}`);
  return { name, services: Object.fromEntries(names.map((service) => [service, sleeper()])) };
}

/** So many services that print so many lines a second each, numbered, for `seconds`, and then nothing. */
export function printers(
  name: string,
  { count, linesPerSecond, seconds }: Record<'count' | 'linesPerSecond' | 'seconds', number>,
): StackRecipe {
  const tick = `j=0; while [ $$j -lt ${linesPerSecond / 10} ]; do n=$$((n+1)); echo "line $$n ${'of a log that says what a request did, '.repeat(2)}"; j=$$((j+1)); done`;
  const script = `n=0; i=0; while [ $$i -lt ${seconds * 10} ]; do ${tick}; sleep 0.1; i=$$((i+1)); done; exec sleep 3600`;
  const service = {
    ...sleeper(),
    command: ['sh', '-c', script],
    logging: { driver: 'json-file', options: { 'max-size': '20m', 'max-file': '2' } },
  };
  return { name, services: Object.fromEntries(Array.from({ length: count }, (_, index) => [`printer${index + 1}`, service])) };
}

function sleeper() {
  return { image: 'busybox', command: ['sleep', '36000'], init: true, network_mode: 'none', stop_grace_period: '0s' };
}
