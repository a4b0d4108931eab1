import { describe, expect, it } from 'vitest';
import { askInTerminal } from '#cli/ask.ts';
import type { Demand, GateAnswer, GateQuestion } from '#domain/gate.ts';
import type { Risk } from '#domain/risk.ts';
import { manualClock, settle } from '../fakes/manual-clock.ts';
import { aPlan } from '../fakes/plan.ts';
import { type FakeStreams, fakeStreams } from '../fakes/streams.ts';

const YES_NO: Demand = { kind: 'yes-no', keep: 'Keep data' };
const PHRASE: Demand = { kind: 'type', phrase: 'shop', reason: false };

interface Dialog {
  readonly streams: FakeStreams;
  /** Types key by key. */
  keys(text: string): Promise<void>;
  pass(ms: number): Promise<void>;
  readonly answer: Promise<GateAnswer>;
}

async function ask(demand: Demand, risk: Risk = 'destroys', before?: (streams: FakeStreams) => void): Promise<Dialog> {
  const streams = fakeStreams({ stdin: true, stdout: true, stderr: true });
  const clock = manualClock();
  const question: GateQuestion = {
    plan: { ...aPlan({ title: 'Delete 2 volumes of shop (dev)', verb: 'Delete 2 volumes' }), risk },
    planHash: 'abc',
    protection: 'guarded',
    demand,
    allow: '',
  };
  const answer = askInTerminal(question, streams, clock);
  await settle();
  before?.(streams);
  await clock.advance(100);
  return {
    streams,
    answer,
    keys: async (text) => {
      for (const key of text) streams.stdin.type(key);
      await settle();
    },
    pass: (ms) => clock.advance(ms),
  };
}

describe('yes or no', () => {
  it('is No on Enter', async () => {
    const dialog = await ask(YES_NO);
    await dialog.keys('\r');
    expect(await dialog.answer).toEqual({ answer: 'no', because: 'answered' });
  });

  it('is Yes on the whole word once it is armed', async () => {
    const dialog = await ask(YES_NO);
    await dialog.pass(1500);
    await dialog.keys('yes\r');
    expect(await dialog.answer).toEqual({ answer: 'yes' });
  });

  it('takes no y where data goes', async () => {
    const dialog = await ask(YES_NO);
    await dialog.pass(1500);
    await dialog.keys('y\r');
    expect(dialog.streams.err()).toContain('Type yes or press Enter.');
    await dialog.keys('\r');
    expect(await dialog.answer).toEqual({ answer: 'no', because: 'answered' });
  });

  it('takes a y at once where nothing is lost', async () => {
    const dialog = await ask({ kind: 'yes-no', keep: 'Leave it' }, 'interrupts');
    await dialog.keys('y\r');
    expect(await dialog.answer).toEqual({ answer: 'yes' });
  });

  it('does not hear Enter in the first 1.5 s', async () => {
    const dialog = await ask(YES_NO);
    await dialog.keys('yes\r');
    await dialog.pass(1400);
    await dialog.keys('\r');
    await dialog.pass(100);
    await dialog.keys('\r');
    expect(await dialog.answer).toEqual({ answer: 'yes' });
  });

  it('throws away what was typed before it stood there', async () => {
    const dialog = await ask(YES_NO, 'interrupts', (streams) => {
      for (const key of 'yes\r') streams.stdin.type(key);
    });
    expect(dialog.streams.err()).toContain('[ Keep data ]');
    await dialog.keys('\r');
    expect(await dialog.answer).toEqual({ answer: 'no', because: 'answered' });
  });

  it('takes no paste and no burst for typing', async () => {
    const dialog = await ask(YES_NO, 'interrupts');
    dialog.streams.stdin.type('yes\r');
    dialog.streams.stdin.type('yesyesyes');
    expect(dialog.streams.err()).toContain('Pasted text does not count');
    await dialog.keys('\r');
    expect(await dialog.answer).toEqual({ answer: 'no', because: 'answered' });
  });
});

describe('a phrase', () => {
  it('is handed to the gate as typed', async () => {
    const dialog = await ask(PHRASE);
    await dialog.pass(1500);
    await dialog.keys('shop\r');
    expect(await dialog.answer).toEqual({ answer: 'phrase', phrase: 'shop' });
  });

  it('is asked three times at most', async () => {
    const dialog = await ask(PHRASE);
    await dialog.pass(1500);
    for (const wrong of ['Shop', 'shop!', 'sho']) {
      await dialog.keys(wrong);
      await dialog.pass(1500);
      await dialog.keys('\r');
    }
    expect(dialog.streams.err()).toContain('"Shop" is not "shop".');
    expect(await dialog.answer).toEqual({ answer: 'phrase', phrase: 'sho' });
  });

  it('is No on Enter alone', async () => {
    const dialog = await ask(PHRASE);
    await dialog.keys('\r');
    expect(await dialog.answer).toEqual({ answer: 'no', because: 'answered' });
  });

  it('can be corrected: Backspace, Ctrl-U', async () => {
    const dialog = await ask(PHRASE);
    await dialog.pass(1500);
    await dialog.keys('xyz\u0015shoq\u007fp\r');
    expect(await dialog.answer).toEqual({ answer: 'phrase', phrase: 'shop' });
  });

  it('is followed by a reason where one is wanted', async () => {
    const dialog = await ask({ kind: 'type', phrase: 'shop:prod', reason: true });
    await dialog.pass(1500);
    await dialog.keys('shop:prod\r');
    await dialog.keys('\r');
    expect(dialog.streams.err()).toContain('A reason is needed.');
    await dialog.keys('moved to new box\r');
    expect(await dialog.answer).toEqual({ answer: 'phrase', phrase: 'shop:prod', reason: 'moved to new box' });
  });
});

describe('every other way out is No', () => {
  it('60 s without a key', async () => {
    const dialog = await ask(PHRASE);
    await dialog.pass(59_000);
    await dialog.keys('s');
    await dialog.pass(59_000);
    await dialog.pass(1_000);
    expect(await dialog.answer).toEqual({ answer: 'no', because: 'timeout' });
  });

  it('end of input', async () => {
    const dialog = await ask(PHRASE);
    dialog.streams.stdin.end();
    expect(await dialog.answer).toEqual({ answer: 'no', because: 'closed' });
  });

  it('end of input before the question', async () => {
    const dialog = await ask(PHRASE, 'destroys', (streams) => streams.stdin.end());
    expect(await dialog.answer).toEqual({ answer: 'no', because: 'closed' });
  });

  it('Ctrl-D on an empty line', async () => {
    const dialog = await ask(PHRASE);
    await dialog.keys('\u0004');
    expect(await dialog.answer).toEqual({ answer: 'no', because: 'closed' });
  });

  it('Ctrl-C, with the terminal given back as it was', async () => {
    const dialog = await ask(PHRASE);
    expect(dialog.streams.stdin.raw).toBe(true);
    await dialog.keys('sho\u0003');
    expect(await dialog.answer).toEqual({ answer: 'no', because: 'interrupted' });
    expect(dialog.streams.stdin.raw).toBe(false);
    expect(dialog.streams.stdin.paused).toBe(true);
  });
});

it('shows the plan above the question, on standard error only', async () => {
  const dialog = await ask(PHRASE);
  expect(dialog.streams.err()).toContain('Delete 2 volumes of shop (dev)');
  expect(dialog.streams.out()).toBe('');
  await dialog.keys('\r');
  await dialog.answer;
});
