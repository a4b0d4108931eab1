import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GateQuestion } from '#domain/gate.ts';
import type { Risk } from '#domain/risk.ts';
import {
  ARMING_MS,
  armGate,
  canDestroy,
  DRAIN_MS,
  type GateState,
  type GateStep,
  openGate,
  pasteIntoGate,
  pressGate,
} from '#tui/dialogs/gate-state.ts';
import { DELETE_VOLUMES, fakePlan } from './fake-stack.ts';

const TYPED: GateQuestion = question({ kind: 'type', phrase: 'shop:dev', reason: false });
const WITH_REASON: GateQuestion = question({ kind: 'type', phrase: 'shop:prod', reason: true });
const YES_NO: GateQuestion = { ...question({ kind: 'yes-no', keep: 'Leave it' }, 'interrupts') };
const YES_NO_DATA: GateQuestion = question({ kind: 'yes-no', keep: 'Keep data' }, 'destroys');

describe('a typed phrase', () => {
  test('Keep has the focus at first, and Enter keeps', () => {
    expect(openGate(TYPED, 0).focus).toBe('keep');
    expect(answerOf(TYPED, ['enter'])).toEqual({ answer: 'no', because: 'answered' });
  });

  test('the exact phrase moves the focus to the destructive button, and Enter answers', () => {
    const state = armed(TYPED, typed(TYPED, 'shop:dev'));
    expect(state.focus).toBe('destroy');
    expect(answerOf(TYPED, ['enter'], state)).toEqual({ answer: 'phrase', phrase: 'shop:dev', reason: undefined });
  });

  test('before the delay is over the phrase is heard and the button is dead', () => {
    const state = typed(TYPED, 'shop:dev');
    expect(canDestroy(TYPED, state)).toBe(false);
    expect(stateOf(pressAt(TYPED, state, 'enter', ARMING_MS - 1)).focus).toBe('phrase');
    expect(armed(TYPED, state).focus).toBe('destroy');
  });

  test('one more letter takes the focus away again', () => {
    const state = armed(TYPED, typed(TYPED, 'shop:dev'));
    const longer = stateOf(pressAt(TYPED, state, 'x', 5000));
    expect(longer.focus).toBe('phrase');
    expect(stateOf(pressAt(TYPED, longer, 'backspace', 5100)).focus).toBe('destroy');
  });

  test('a wrong phrase is told, asked again, and is No the third time', () => {
    const first = stateOf(pressAt(TYPED, armed(TYPED, typed(TYPED, 'shop')), 'enter', 5000));
    expect(first.notice).toContain('“shop” is not it (1 of 3)');
    const second = stateOf(pressAt(TYPED, typed(TYPED, 'dev', first, 6000), 'enter', 7000));
    expect(second.attempts).toBe(2);
    expect(pressAt(TYPED, typed(TYPED, 'x', second, 8000), 'enter', 9000)).toEqual({
      kind: 'answered',
      answer: { answer: 'no', because: 'answered' },
    });
  });

  test('a reason is needed where it is demanded, and may be pasted', () => {
    const phrase = armed(WITH_REASON, typed(WITH_REASON, 'shop:prod'));
    expect(phrase.focus).toBe('phrase');
    const reason = stateOf(pressAt(WITH_REASON, phrase, 'enter', 5000));
    expect(reason.focus).toBe('reason');
    expect(stateOf(pressAt(WITH_REASON, reason, 'enter', 5100)).notice).toContain('reason');
    const given = stateOf(pressAt(WITH_REASON, pasteIntoGate(reason, 'ticket 42', 5200), 'enter', 5300));
    expect(given.focus).toBe('destroy');
    expect(answerOf(WITH_REASON, ['enter'], given)).toEqual({ answer: 'phrase', phrase: 'shop:prod', reason: 'ticket 42' });
  });
});

describe('what is not typing', () => {
  test('keys from before the dialog could be read are thrown away', () => {
    const state = stateOf(pressAt(TYPED, openGate(TYPED, 0), 's', DRAIN_MS - 1));
    expect(state.phrase.characters).toEqual([]);
    expect(pressAt(TYPED, openGate(TYPED, 0), 'enter', 10).kind).toBe('open');
  });

  test('who goes on typing keeps draining', () => {
    let state = openGate(TYPED, 0);
    for (let at = 0; at < 2000; at += 60) state = stateOf(pressAt(TYPED, state, 'x', at));
    expect(state.phrase.characters).toEqual([]);
  });

  test('bursts and pastes say so and type nothing', () => {
    const burst = [...'shop:dev'].reduce(
      (state, text, index) => stateOf(pressGate(TYPED, state, { name: text, text, chunk: 8, left: 8 - index, at: 1000 })),
      openGate(TYPED, 0),
    );
    expect(burst.phrase.characters).toEqual([]);
    expect(burst.notice).toContain('too fast');
    expect(pasteIntoGate(openGate(TYPED, 0), 'shop:dev', 1000)).toMatchObject({
      phrase: { characters: [] },
      notice: expect.stringContaining('paste'),
    });
  });

  test('a few characters that a slow link delivers at once are typing, more are not', () => {
    const pair = [...'sh'].reduce(
      (state, text, index) => stateOf(pressGate(TYPED, state, { name: text, text, chunk: 2, left: 2 - index, at: 1000 })),
      openGate(TYPED, 0),
    );
    expect(pair.phrase.characters).toEqual(['s', 'h']);
    const flood = [...'shop:dev'].reduce((state, text) => stateOf(pressAt(TYPED, state, text, 1001)), openGate(TYPED, 0));
    expect(flood.phrase.characters).toEqual(['s', 'h', 'o']);
  });

  test('a short phrase cannot come at once either', () => {
    const short = question({ kind: 'type', phrase: 'ab', reason: false });
    const pasted = [...'ab'].reduce(
      (state, text, index) => stateOf(pressGate(short, state, { name: text, text, chunk: 2, left: 2 - index, at: 5000 })),
      armed(short, openGate(short, 0)),
    );
    expect(canDestroy(short, pasted)).toBe(false);
  });

  test('Enter that came with other characters is no Enter', () => {
    const state = armed(TYPED, typed(TYPED, 'shop:dev'));
    expect(pressGate(TYPED, state, { name: 'enter', text: '', chunk: 2, left: 1, at: 9000 }).kind).toBe('open');
  });

  test('no sequence without the phrase destroys data', () => {
    const keys = fc.array(fc.constantFrom('enter', 'tab', 'shift-tab', 'left', 'right', 'y', 'Y', ' ', 's', 'h', 'backspace', 'up'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(keys, (names) => {
        let state = armed(TYPED, openGate(TYPED, 0));
        for (const [index, name] of names.entries()) {
          const step = pressAt(TYPED, state, name, 2000 + index * 100);
          if (step.kind === 'answered') return step.answer.answer === 'no';
          state = step.state;
        }
        return true;
      }),
    );
  });
});

describe('yes or no', () => {
  test('Enter alone is No; the other button takes a move', () => {
    expect(answerOf(YES_NO, ['enter'])).toMatchObject({ answer: 'no' });
    expect(answerOf(YES_NO, ['tab', 'enter'])).toEqual({ answer: 'yes' });
    expect(answerOf(YES_NO, ['y', 'Y', 'enter'])).toMatchObject({ answer: 'no' });
  });

  test('where data goes the other button is dead until the delay is over, and never gets the focus by itself', () => {
    const early = stateOf(pressAt(YES_NO_DATA, openGate(YES_NO_DATA, 0), 'tab', 1000));
    expect(early.focus).toBe('keep');
    expect(armed(YES_NO_DATA, early).focus).toBe('keep');
    expect(answerOf(YES_NO_DATA, ['tab', 'enter'], armed(YES_NO_DATA, early))).toEqual({ answer: 'yes' });
  });

  test('Escape and Ctrl-C are No at once', () => {
    expect(pressAt(YES_NO, openGate(YES_NO, 0), 'esc', 1)).toEqual({ kind: 'answered', answer: { answer: 'no', because: 'answered' } });
    expect(pressAt(YES_NO, openGate(YES_NO, 0), 'ctrl-c', 1)).toEqual({
      kind: 'answered',
      answer: { answer: 'no', because: 'interrupted' },
    });
  });
});

function question(demand: GateQuestion['demand'], risk: Risk = 'irrecoverable'): GateQuestion {
  const plan = risk === 'irrecoverable' ? DELETE_VOLUMES : fakePlan({ risk });
  return { plan, planHash: 'abc', protection: 'guarded', demand, allow: '--yes' };
}

function pressAt(asked: GateQuestion, state: GateState, name: string, at: number): GateStep {
  const text = name.length === 1 ? name : '';
  return pressGate(asked, state, { name, text, chunk: 1, left: 1, at });
}

function typed(asked: GateQuestion, text: string, from: GateState = openGate(asked, 0), since = 400): GateState {
  return [...text].reduce((state, character, index) => stateOf(pressAt(asked, state, character, since + index * 50)), from);
}

function armed(asked: GateQuestion, state: GateState): GateState {
  return armGate(asked, state);
}

function answerOf(asked: GateQuestion, names: readonly string[], from: GateState = armed(asked, openGate(asked, 0))) {
  let state = from;
  for (const [index, name] of names.entries()) {
    const step = pressAt(asked, state, name, 20_000 + index * 100);
    if (step.kind === 'answered') return step.answer;
    state = step.state;
  }
  throw new Error('not answered');
}

function stateOf(step: GateStep): GateState {
  if (step.kind !== 'open') throw new Error(`answered: ${JSON.stringify(step.answer)}`);
  return step.state;
}
