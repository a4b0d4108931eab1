import { describe, expect, it } from 'vitest';
import { formatDemand, formatPlan } from '#actions/format-plan.ts';
import { questionFor } from '#actions/gate.ts';
import { isPlanDocument, planDocument } from '#actions/plan-document.ts';
import { plainPaint } from '#cli/paint.ts';
import type { Plan } from '#domain/plan.ts';
import type { Protection } from '#domain/protection.ts';
import { aPlan } from '../fakes/plan.ts';

const deletion = aPlan({
  title: 'Delete 1 volume of shop (dev)',
  verb: 'Delete 1 volume',
  risk: 'irrecoverable',
  reasons: ['no checkpoint can be made yet'],
  steps: [
    { effect: { kind: 'compose', argv: ['down'] }, risk: 'interrupts' },
    { effect: { kind: 'remove-volume', volume: 'shop_pgdata' }, risk: 'irrecoverable' },
  ],
  losses: [{ kind: 'volume', name: 'shop_pgdata', bytes: 412_000_000, detail: 'PostgreSQL · used by postgres' }],
  keeps: [{ kind: 'volume', name: 'shop_caddy', why: 'external' }],
  recovery: { how: undefined, detail: 'cannot be undone' },
  safer: 'devctl down',
  commandLine: 'devctl down --volumes',
});

const documentOf = (plan: Plan, protection: Protection = 'guarded') => planDocument(questionFor(plan, protection, false), 0);

describe('the preview of a plan', () => {
  it('says what is done, lost and kept, and how to get it back', () => {
    expect(formatPlan(documentOf(deletion), plainPaint(80))).toEqual([
      'Delete 1 volume of shop (dev)',
      '  Risk   irrecoverable',
      '         no checkpoint can be made yet',
      '  Lost   volume shop_pgdata: 412 MB, PostgreSQL · used by postgres',
      '  Kept   shop_caddy (external)',
      '  Steps  1. compose (test)',
      '         2. remove-volume (test)',
      '  Undo   cannot be undone',
      '  $ devctl down --volumes',
    ]);
  });

  it('lets no name break the lines or colour them', () => {
    const evil = aPlan({ ...deletion, steps: [], losses: [{ kind: 'volume', name: 'a\nb\u001b[31mc\u001b]0;x\u0007', detail: '' }] });
    const text = formatPlan(documentOf(evil), plainPaint(80));
    expect(text.filter((line) => line.includes('\n'))).toEqual([]);
    expect(text.join('\n')).not.toContain('\u001b]');
  });

  it('tells what the gate would want', () => {
    expect(formatDemand(documentOf(deletion))).toMatch(
      /^Wants "shop:dev" typed; without a terminal: devctl down --volumes --plan [0-9a-f]{16}$/,
    );
    expect(formatDemand(documentOf(deletion, 'protected'))).toBe('Refused until: devctl policy unlock dev --for 10m');
    expect(formatDemand(documentOf({ ...deletion, risk: 'interrupts' }))).toBe('Runs without a question.');
    expect(formatDemand(documentOf({ ...deletion, risk: 'interrupts' }, 'protected'))).toBe(
      'Asks yes or no; without a terminal: devctl down --volumes --yes',
    );
  });

  it('is recognised in the details of an error', () => {
    expect(isPlanDocument(documentOf(deletion))).toBe(true);
    expect(isPlanDocument({ problems: [] })).toBe(false);
    expect(isPlanDocument(undefined)).toBe(false);
  });
});
