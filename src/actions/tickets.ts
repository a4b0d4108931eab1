import type { Clock } from '#system/clock.ts';
import type { Files } from '#system/files.ts';
import { PLAN_MINUTES } from './plan-document.ts';

/** Plans that were shown and may be used once with `--plan HASH`, and approvals by a person, per stack. */
export interface Tickets {
  /** Remembers that a plan was shown. */
  issue(planHash: string): Promise<void>;
  isValid(planHash: string): Promise<boolean>;
  /** Uses it up. False when it was not valid (any more). */
  use(planHash: string): Promise<boolean>;
}

/** Tickets in a file of the state directory, 0600; read anew each time, since another devctl may have written it. */
export function openTickets(path: string, { files, clock }: { readonly files: Files; readonly clock: Clock }): Tickets {
  const read = async (): Promise<Record<string, number>> => liveOnly(parse(await files.readText(path)), clock.now());
  const write = (tickets: Record<string, number>): Promise<void> => files.writeAtomic(path, JSON.stringify(tickets), 0o600);
  return {
    issue: async (planHash) => write({ ...(await read()), [planHash]: clock.now() + PLAN_MINUTES * 60_000 }),
    isValid: async (planHash) => Object.hasOwn(await read(), planHash),
    use: async (planHash) => {
      const { [planHash]: expires, ...others } = await read();
      if (expires !== undefined) await write(others);
      return expires !== undefined;
    },
  };
}

function parse(text: string | undefined): Record<string, number> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, number>) : {};
  } catch {
    return {}; // a damaged file holds no valid ticket: the gate stays shut
  }
}

/** A clock that went back makes a ticket look too far in the future: that is not valid either. */
function liveOnly(tickets: Record<string, number>, now: number): Record<string, number> {
  const latest = now + PLAN_MINUTES * 60_000;
  return Object.fromEntries(Object.entries(tickets).filter(([, expires]) => expires > now && expires <= latest));
}
