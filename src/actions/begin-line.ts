import { hostname, userInfo } from 'node:os';
import type { GateQuestion } from '#domain/gate.ts';
import type { JournalLine } from '#domain/journal.ts';
import { maskArgv } from '#domain/secrets.ts';
import { isoNow } from '#system/clock.ts';
import { detectActor } from './actor.ts';
import type { Context } from './context.ts';

/** Who asked for what, and what was answered; the rest is read off the world. */
export interface Beginning {
  readonly entry: string;
  readonly question: GateQuestion;
  /** As typed; secrets are masked here. */
  readonly argv: readonly string[];
  readonly tty: boolean;
  readonly answer: string;
  readonly reason: string | undefined;
}

/** The first line of a journal entry. */
export async function beginLine(context: Context, { question, ...beginning }: Beginning): Promise<JournalLine> {
  const { clock, env, processes } = context.edges;
  const { plan, planHash } = question;
  return {
    kind: 'begin',
    ...beginning,
    argv: maskArgv(beginning.argv),
    at: isoNow(clock),
    user: userInfo().username,
    host: hostname(),
    actor: detectActor(env),
    action: plan.action,
    title: plan.title,
    identity: plan.identity,
    risk: plan.risk,
    planHash,
    losses: plan.losses,
    steps: plan.steps.map(({ id, what, effect }) => ({ id, what, effect })),
    pid: process.pid,
    pidStart: (await processes.startTicks(process.pid)) ?? '',
  };
}
