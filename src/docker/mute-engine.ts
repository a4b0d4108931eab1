import { DevctlError } from '#domain/error.ts';
import type { Endpoint } from './endpoint.ts';

/** Milliseconds without an answer after which the engine is pinged, and how long the ping may take. */
const QUIET_MS = 2000;
const PING_MS = 3000;

/**
 * Waits for an answer of the engine as long as the engine lives: one that is slow answers a ping meanwhile, one that takes
 * connections and says nothing (a hung daemon, a tunnel to nowhere) does not. Throws `environment` then, after five seconds.
 */
export async function unlessMute<T>(work: Promise<T>, ping: () => Promise<unknown>, endpoint: Endpoint): Promise<T> {
  const answered = settled(work);
  while (!(await within(QUIET_MS, answered))) {
    if (!(await within(PING_MS, Promise.race([answered, settled(ping())])))) throw mute(endpoint);
  }
  return work;
}

/** A refusal is an answer too. */
function settled(work: Promise<unknown>): Promise<unknown> {
  return work.catch(() => undefined);
}

/** False when the time is over first. */
async function within(ms: number, answer: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([answer.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

function mute({ host, decidedBy }: Endpoint): DevctlError {
  const chosen = decidedBy === 'default' ? '' : ` (${decidedBy})`;
  return new DevctlError('environment', `${host}${chosen} takes connections, but no engine answers there.`, {
    hint: 'Restart Docker (sudo systemctl restart docker, or Docker Desktop), or choose another engine with DOCKER_HOST.',
  });
}
