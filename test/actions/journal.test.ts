import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJournalLine, openJournal, parseJournal } from '#actions/journal.ts';
import { explainUnfinished } from '#actions/recover.ts';
import type { JournalLine } from '#domain/journal.ts';
import { fakeClock } from '../fakes/clock.ts';
import { memoryFiles } from '../fakes/files.ts';
import { freeLocks } from '../fakes/locks.ts';
import { aPlan } from '../fakes/plan.ts';

function begin(entry: string, volumes: readonly string[] = []): JournalLine {
  const plan = aPlan({ steps: volumes.map((volume) => ({ effect: { kind: 'remove-volume', volume } })) });
  return {
    kind: 'begin',
    entry,
    at: '2026-11-20T12:00:00.000Z',
    user: 'ada',
    host: 'box',
    tty: true,
    actor: 'person',
    action: plan.action,
    title: plan.title,
    argv: ['down', '--volumes'],
    identity: plan.identity,
    risk: 'irrecoverable',
    planHash: 'abc',
    losses: [],
    steps: plan.steps.map(({ id, what, effect }) => ({ id, what, effect })),
    answer: 'phrase typed',
    reason: undefined,
    pid: 1,
    pidStart: '1',
  };
}

const end: JournalLine = { kind: 'end', entry: 'a', at: '2026-11-20T12:00:05.000Z', outcome: 'done', durationMs: 5000 };

describe('the journal', () => {
  it('folds lines into entries, steps and children included', () => {
    const lines: JournalLine[] = [
      begin('a', ['v1']),
      { kind: 'step', entry: 'a', at: '', step: 1, state: 'begin' },
      { kind: 'child', entry: 'a', at: '', step: 1, pid: 42, pidStart: '7', output: '/out' },
      { kind: 'step', entry: 'a', at: '', step: 1, state: 'failed', detail: 'in use' },
      { ...end, outcome: 'failed', detail: 'in use' },
    ];
    const { entries, damaged } = parseJournal(lines.map(formatJournalLine).join(''));
    expect(damaged).toEqual([]);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ id: 'a', outcome: 'failed', steps: [{ state: 'failed', detail: 'in use', child: { pid: 42 } }] });
  });

  it('closes a torn last line instead of gluing to it, and names it', async () => {
    const files = memoryFiles();
    const journal = openJournal('/j', { files, locks: freeLocks, clock: fakeClock() });
    await journal.append(begin('a'));
    files.raw.set('/j', `${files.raw.get('/j')}{"kind":"step","entry":"a","st`);
    await journal.append(end);
    const { entries, damaged } = await journal.read();
    expect(damaged).toEqual([2]);
    expect(entries[0]?.outcome).toBe('done');
  });

  it('notices any changed byte', () => {
    const text = formatJournalLine(begin('a')) + formatJournalLine(end);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 33, max: 126 }), (at, code) => {
        const changed = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
        fc.pre(changed !== text);
        expect(parseJournal(changed).damaged.length).toBeGreaterThan(0);
      }),
    );
  });

  it('survives truncation at any byte: what was whole is read', () => {
    const text = formatJournalLine(begin('a')) + formatJournalLine(end);
    for (let length = 0; length <= text.length; length++) {
      const { entries } = parseJournal(text.slice(0, length));
      expect(entries.length).toBe(length >= text.indexOf('\n') ? 1 : 0);
    }
  });
});

describe('explaining a run that was cut off', () => {
  it('says what is gone and what is kept', () => {
    const [entry] = parseJournal(formatJournalLine(begin('a', ['v1', 'v2']))).entries;
    if (!entry) throw new Error('no entry');
    expect(explainUnfinished(entry, new Set(['v1', 'v2']))).toContain('Nothing was deleted. Kept: v1, v2.');
    expect(explainUnfinished(entry, new Set(['v2']))).toContain('Deleted before: v1. Kept: v2.');
  });
});
