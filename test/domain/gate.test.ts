import { describe, expect, it } from 'vitest';
import { allowFor, demandFor } from '#domain/gate.ts';
import type { Plan } from '#domain/plan.ts';
import { PROTECTIONS, type Protection } from '#domain/protection.ts';
import { RISKS, type Risk } from '#domain/risk.ts';
import { aPlan } from '../fakes/plan.ts';

/** One cell of the table of the gate, as people read it. */
function cell(plan: Plan, protection: Protection, unlocked = false): string {
  const demand = demandFor(plan, protection, unlocked);
  if (demand.kind === 'none') return demand.say ? 'run, say' : 'run';
  if (demand.kind === 'yes-no') return 'yes/no';
  return demand.kind === 'unlock' ? 'refused' : `type ${demand.phrase}${demand.reason ? ' + reason' : ''}`;
}

function row(risk: Risk, touchesData = false): string[] {
  const plan = aPlan({ risk, touchesData, steps: [{ effect: { kind: 'remove-volume', volume: 'shop_pgdata' }, risk }] });
  return PROTECTIONS.map((protection) => cell(plan, protection));
}

describe('what the gate asks', () => {
  it('follows the table, cell by cell', () => {
    expect(Object.fromEntries(RISKS.map((risk) => [risk, row(risk)]))).toEqual({
      none: ['run', 'run', 'run'],
      interrupts: ['run', 'run', 'yes/no'],
      recreates: ['run, say', 'run, say', 'type dev'],
      destroys: ['yes/no', 'type shop', 'type shop:dev + reason'],
      irrecoverable: ['type shop', 'type shop:dev', 'refused'],
    });
  });

  it('asks on a guarded profile before containers of a data service are made anew', () => {
    expect(row('recreates', true)).toEqual(['run, say', 'yes/no', 'type dev']);
  });

  it('asks yes/no where data is replaced in place and can be taken back', () => {
    const plan = aPlan({ risk: 'destroys', recovery: { how: 'devctl undo', detail: '' } });
    expect(cell(plan, 'guarded')).toBe('yes/no');
  });

  it('lets an unlocked profile be asked at all', () => {
    expect(cell(aPlan({ risk: 'irrecoverable' }), 'protected', true)).toBe('type shop:dev + reason');
  });

  it('asks by typing for a change of its own policy, whatever the protection', () => {
    const plan = aPlan({ risk: 'none', steps: [{ effect: { kind: 'policy', change: 'unlock', profile: 'dev', seconds: 60 } }] });
    expect(PROTECTIONS.map((protection) => cell(plan, protection))).toEqual(Array(3).fill('type shop:dev + reason'));
    expect(allowFor(demandFor(plan, 'open', false), 'none', plan, 'abc')).toBeUndefined();
  });
});

describe('what clears it without a terminal', () => {
  const allow = (plan: Plan, protection: Protection): string | undefined =>
    allowFor(demandFor(plan, protection, false), plan.risk, plan, 'abc123');

  it('never takes --yes for data', () => {
    expect(PROTECTIONS.map((protection) => allow(aPlan({ risk: 'destroys' }), protection))).toEqual([
      '--confirm shop',
      '--confirm shop',
      '--confirm shop:dev --reason "…"',
    ]);
  });

  it('takes the very plan, and nothing else, for what cannot be undone', () => {
    expect(PROTECTIONS.map((protection) => allow(aPlan({ risk: 'irrecoverable' }), protection))).toEqual([
      '--plan abc123',
      '--plan abc123',
      undefined,
    ]);
  });

  it('takes --yes where a person would be asked yes or no', () => {
    expect(allow(aPlan({ risk: 'interrupts' }), 'protected')).toBe('--yes');
    expect(allow(aPlan({ risk: 'recreates', touchesData: true }), 'guarded')).toBe('--yes');
    expect(allow(aPlan({ risk: 'recreates' }), 'protected')).toBe('--confirm dev');
  });
});
