import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Action, Change } from '#actions/action.ts';
import type { Context } from '#actions/context.ts';
import { journalList } from '#actions/journal-list.ts';
import { journalVerify } from '#actions/journal-verify.ts';
import { plan } from '#actions/plan.ts';
import { plainPaint } from '#cli/paint.ts';
import type { JournalLine } from '#domain/journal.ts';
import type { Risk } from '#domain/risk.ts';
import { aPlan } from '../fakes/plan.ts';
import { journalDocument, planDocument } from '../shapes/documents.ts';
import { fakeContext } from './fake-context.ts';

const paint = plainPaint(120);
const deletion = aPlan({
  title: 'Delete 1 volume of shop (dev)',
  risk: 'irrecoverable',
  steps: [{ effect: { kind: 'remove-volume', volume: 'shop_pgdata' }, risk: 'irrecoverable' }],
  losses: [{ kind: 'volume', name: 'shop_pgdata', detail: 'PostgreSQL' }],
  safer: 'devctl down',
  commandLine: 'devctl down --volumes',
});

const change = {
  kind: 'change',
  id: 'stack.down',
  command: 'down',
  options: z.object({}),
  plan: async () => deletion,
  done: () => '',
} as unknown as Change<unknown>;

function withCommandLines(action: Action, asked: string[][] = []): Context {
  const context = fakeContext();
  return {
    ...context,
    readCommandLine: async (words) => {
      asked.push([...words]);
      return { action, options: {}, context };
    },
  };
}

describe('devctl plan', () => {
  it('shows what would happen, what the gate wants, and something safer', async () => {
    const lines = plan.lines(await plan.read(withCommandLines(change), { command: ['down', '--volumes'] }), paint);
    expect(lines.slice(0, 3)).toEqual([
      'Delete 1 volume of shop (dev)',
      '  Risk   irrecoverable',
      '  Lost   volume shop_pgdata: PostgreSQL',
    ]);
    expect(lines).toContain('Safer: devctl down');
    expect(lines.find((line) => line.startsWith('Wants'))).toMatch(
      /^Wants "shop:dev" typed; without a terminal: devctl down --volumes --plan [0-9a-f]{16}$/,
    );
  });

  it('makes its hash usable, once', async () => {
    const context = withCommandLines(change);
    const document = planDocument.parse(plan.document(await plan.read(context, { command: ['down', '--volumes'] })));
    expect(document).toMatchObject({ action: 'stack.test', risk: 'irrecoverable', gate: { answer: 'type', phrase: 'shop:dev' } });
    const { tickets } = await context.state();
    expect(await tickets.isValid(document.hash ?? '')).toBe(true);
  });

  it.each([
    [
      ['devctl', 'down', '-v'],
      ['down', '-v'],
    ],
    [
      ['docker', 'compose', 'down', '-v'],
      ['compose', '--', 'down', '-v'],
    ],
    [
      ['docker-compose', 'rm', '-f'],
      ['compose', '--', 'rm', '-f'],
    ],
    [
      ['rm', '-fsv', 'api'],
      ['rm', '-fsv', 'api'],
    ],
  ])('reads %j as devctl %j', async (command, words) => {
    const asked: string[][] = [];
    await plan.read(withCommandLines(change, asked), { command });
    expect(asked).toEqual([words]);
  });

  it('says that a query only reads', async () => {
    const query = { kind: 'query', id: 'stack.ps', command: 'ps' } as unknown as Action;
    const planned = await plan.read(withCommandLines(query), { command: ['ps'] });
    expect(planDocument.parse(plan.document(planned))).toMatchObject({ action: 'stack.ps', risk: 'none', gate: { answer: 'none' } });
    expect(plan.lines(planned, paint)).toEqual(['devctl ps: only reads; nothing is asked.']);
  });

  it('counts raw docker commands as irrecoverable, as long as it cannot judge them', async () => {
    const planned = await plan.read(withCommandLines(change), { command: ['docker', 'volume', 'rm', 'x'] });
    expect(planDocument.parse(plan.document(planned))).toMatchObject({ risk: 'irrecoverable', losses: [{ kind: 'unknown' }], hash: null });
  });
});

const begin = (entry: string, at: string, risk: Risk): JournalLine => ({
  kind: 'begin',
  entry,
  at,
  user: 'ada',
  host: 'box',
  tty: true,
  actor: 'person',
  action: risk === 'none' ? 'stack.up' : 'stack.down',
  title: risk === 'none' ? 'Start shop (dev)' : 'Delete 1 volume of shop (dev)',
  argv: ['devctl', 'down', '--volumes'],
  identity: deletion.identity,
  risk,
  planHash: 'abc',
  losses: risk === 'none' ? [] : deletion.losses,
  steps: [{ id: 1, what: 'remove volume shop_pgdata', effect: { kind: 'remove-volume', volume: 'shop_pgdata' } }],
  answer: 'nothing asked',
  reason: undefined,
  pid: 1,
  pidStart: '1',
});

async function withJournal() {
  const context = fakeContext();
  const { journal } = await context.state();
  await journal.append(begin('01AAAA', '2026-11-18T12:00:00.000Z', 'none'));
  await journal.append({ kind: 'end', entry: '01AAAA', at: '2026-11-18T12:00:05.000Z', outcome: 'done', durationMs: 5000 });
  await journal.append(begin('01BBBB', '2026-11-20T11:00:00.000Z', 'irrecoverable'));
  await journal.append({ kind: 'step', entry: '01BBBB', at: '2026-11-20T11:00:01.000Z', step: 1, state: 'failed', detail: 'in use' });
  await journal.append({
    kind: 'end',
    entry: '01BBBB',
    at: '2026-11-20T11:00:01.000Z',
    outcome: 'failed',
    detail: 'in use',
    durationMs: 1000,
  });
  return context;
}

describe('devctl journal', () => {
  const all = { last: 20 } as Parameters<typeof journalList.read>[1];

  it('lists entries, newest first', async () => {
    expect(journalList.lines(await journalList.read(await withJournal(), all), paint)).toEqual([
      'TIME (UTC)           WHO  WHAT                           RISK           ANSWER         OUTCOME  ENTRY',
      '2026-11-20 11:00:00  ada  Delete 1 volume of shop (dev)  irrecoverable  nothing asked  failed   01BBBB',
      '2026-11-18 12:00:00  ada  Start shop (dev)               none           nothing asked  done     01AAAA',
    ]);
  });

  it.each([
    [{ outcome: 'done' }, ['01AAAA']],
    [{ risk: 'irrecoverable' }, ['01BBBB']],
    [{ action: 'stack.up' }, ['01AAAA']],
    [{ since: '1d' }, ['01BBBB']],
    [{ since: '2026-11-01' }, ['01BBBB', '01AAAA']],
    [{ last: 1 }, ['01BBBB']],
  ])('filters by %j', async (filter, expected) => {
    const document = journalDocument.parse(
      journalList.document(await journalList.read(await withJournal(), { ...all, ...filter } as typeof all)),
    );
    expect(document.entries.map((entry) => entry.id)).toEqual(expected);
  });

  it('shows one entry with its steps, by the beginning of its id', async () => {
    const lines = journalList.lines(await journalList.read(await withJournal(), { ...all, entry: '01b' } as typeof all), paint);
    expect(lines).toContain('  Lost     volume shop_pgdata');
    expect(lines).toContain('  failed   1. remove volume shop_pgdata (in use)');
    await expect(journalList.read(await withJournal(), { ...all, entry: '01' } as typeof all)).rejects.toMatchObject({ kind: 'usage' });
    await expect(journalList.read(await withJournal(), { ...all, entry: 'zz' } as typeof all)).rejects.toMatchObject({ kind: 'usage' });
  });

  it('verifies every line', async () => {
    const context = await withJournal();
    expect(await journalVerify.read(context, {})).toMatchObject({ entries: 2, damaged: [] });
    const { path } = (await context.state()).journal;
    context.files.raw.set(path, (context.files.raw.get(path) ?? '').replace('"done"', '"gone"'));
    const result = await journalVerify.read(context, {});
    expect(result).toMatchObject({ damaged: [2], open: ['01AAAA'] });
    expect(journalVerify.exitCode?.(result)).toBe(4);
  });
});
