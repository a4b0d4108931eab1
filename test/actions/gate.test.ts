import { describe, expect, it } from 'vitest';
import { createGate, judgeAnswer, judgeFlags, questionFor } from '#actions/gate.ts';
import { openTickets } from '#actions/tickets.ts';
import { openUnlocks } from '#actions/unlocks.ts';
import type { GateFlags } from '#domain/gate.ts';
import type { Plan } from '#domain/plan.ts';
import type { Protection } from '#domain/protection.ts';
import { fakeClock } from '../fakes/clock.ts';
import { memoryFiles } from '../fakes/files.ts';
import { aPlan } from '../fakes/plan.ts';

const none: GateFlags = { yes: false, confirm: undefined, planHash: undefined, reason: undefined };

function pass(plan: Plan, protection: Protection, flags: Partial<GateFlags>, ticket: 'valid' | 'unknown' = 'valid'): boolean | undefined {
  return judgeFlags(questionFor(plan, protection, false), { ...none, ...flags }, ticket)?.pass;
}

describe('flags', () => {
  const deletes = aPlan({ risk: 'irrecoverable' });
  const { planHash } = questionFor(deletes, 'guarded', false);

  it('clear what cannot be undone by the hash of a plan that was shown, and by nothing else', () => {
    expect(pass(deletes, 'guarded', { planHash })).toBe(true);
    expect(pass(deletes, 'guarded', { planHash }, 'unknown')).toBeUndefined();
    expect(pass(deletes, 'guarded', { planHash: 'ffff' })).toBe(false);
    expect(pass(deletes, 'guarded', { yes: true, confirm: 'shop:dev' })).toBeUndefined();
    expect(pass(deletes, 'protected', { planHash, reason: 'x' })).toBe(false);
  });

  it('take a phrase for data and --yes only for the rest', () => {
    const destroys = aPlan({ risk: 'destroys' });
    expect(pass(destroys, 'open', { yes: true })).toBeUndefined();
    expect(pass(destroys, 'open', { confirm: 'shop' })).toBe(true);
    expect(pass(destroys, 'guarded', { confirm: 'Shop' })).toBe(false);
    expect(pass(destroys, 'protected', { confirm: 'shop:dev' })).toBe(false);
    expect(pass(destroys, 'protected', { confirm: 'shop:dev', reason: 'moved' })).toBe(true);
    expect(pass(aPlan({ risk: 'interrupts' }), 'protected', { yes: true, confirm: 'whatever' })).toBe(true);
  });

  it('never answer for a change of policy', () => {
    const unlock = aPlan({ steps: [{ effect: { kind: 'policy', change: 'unlock', profile: 'dev', seconds: 60 } }] });
    expect(pass(unlock, 'guarded', { yes: true, confirm: 'shop:dev', reason: 'x' })).toBeUndefined();
  });

  it('of an old plan do not pass even when nothing would be asked any more', () => {
    expect(pass(aPlan({ risk: 'none' }), 'guarded', { planHash: 'ffff' })).toBe(false);
  });
});

describe('answers', () => {
  const question = questionFor(aPlan({ risk: 'irrecoverable' }), 'guarded', false);

  it('are compared exactly, but for spaces around', () => {
    const said = (phrase: string) => judgeAnswer(question, { answer: 'phrase', phrase }).pass;
    expect([said(' shop:dev '), said('SHOP:DEV'), said('shop'), said('')]).toEqual([true, false, false, false]);
    expect(judgeAnswer(question, { answer: 'yes' }).pass).toBe(false);
  });

  it('that stay out are No', () => {
    expect(judgeAnswer(question, { answer: 'no', because: 'timeout' })).toEqual({
      pass: false,
      why: 'nobody answered within 60 s',
      interrupted: false,
    });
    expect(judgeAnswer(question, { answer: 'no', because: 'interrupted' })).toMatchObject({ interrupted: true });
  });
});

describe('clearances', () => {
  it('hold the steps of their plan, undo steps included, until they are revoked', () => {
    const gate = createGate();
    const plan = aPlan({ steps: [{ effect: { kind: 'remove-volume', volume: 'v' } }] });
    const [step] = plan.steps;
    if (!step) throw new Error('no step');
    const clearance = gate.grant(plan, 'answer');
    expect(gate.holds(clearance, step)).toBe(true);
    expect(gate.holds(clearance, { ...step })).toBe(false);
    expect(gate.holds({ ...clearance }, step)).toBe(false);
    gate.revoke(clearance);
    expect(gate.holds(clearance, step)).toBe(false);
  });
});

describe('tickets and unlocks', () => {
  it('work once, for ten minutes, and not after the clock went back', async () => {
    const clock = fakeClock();
    const tickets = openTickets('/t', { files: memoryFiles(), clock });
    await tickets.issue('a');
    await tickets.issue('b');
    expect([await tickets.use('a'), await tickets.use('a')]).toEqual([true, false]);
    clock.advance(-60_000);
    expect(await tickets.isValid('b')).toBe(false);
    clock.advance(60_000 + 10 * 60_000);
    expect(await tickets.isValid('b')).toBe(false);
  });

  it('of a damaged file are none', async () => {
    const files = memoryFiles(
      new Map([
        ['/t', '{"a":'],
        ['/u', 'null'],
      ]),
    );
    expect(await openTickets('/t', { files, clock: fakeClock() }).isValid('a')).toBe(false);
    expect(await openUnlocks('/u', { files, clock: fakeClock() }).until('prod')).toBeUndefined();
  });

  it('unlock one profile and end by themselves', async () => {
    const clock = fakeClock();
    const unlocks = openUnlocks('/u', { files: memoryFiles(), clock });
    await unlocks.unlock('prod', 600);
    expect(await unlocks.until('prod')).toBeDefined();
    expect(await unlocks.until('staging')).toBeUndefined();
    clock.advance(600_001);
    expect(await unlocks.until('prod')).toBeUndefined();
  });
});
