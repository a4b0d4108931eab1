import type { GateAnswer, GateQuestion } from '#domain/gate.ts';
import { isRiskier } from '#domain/risk.ts';
import type { Key } from '../key.ts';
import { EMPTY_FIELD, fieldText, pasteIntoField, pressField, type TextField } from '../widgets/text-field-state.ts';

/** The gate dialog as a mode of the UI. */
export interface GateMode {
  readonly kind: 'gate';
  readonly id: number;
  readonly question: GateQuestion;
  readonly state: GateState;
  /** Called once, with the answer. */
  readonly answer: (answer: GateAnswer) => void;
}

/** What has the focus. `keep` is always the first, and never the destructive button. */
export type GateFocus = 'keep' | 'phrase' | 'reason' | 'destroy';

export interface GateState {
  readonly focus: GateFocus;
  readonly phrase: TextField;
  readonly reason: TextField;
  /** Wrong phrases that were submitted. */
  readonly attempts: number;
  /** One line under the field: what was wrong with the last key. */
  readonly notice: string | undefined;
  /** First row of the losses that is shown. */
  readonly scroll: number;
  /** Milliseconds (monotonic). Keys before are what was typed ahead, and are thrown away. */
  readonly drainedAt: number;
  /** Milliseconds (monotonic). The destructive button is dead before. */
  readonly armedAt: number;
  /** Milliseconds (monotonic) of the last key. */
  readonly lastKeyAt: number;
  /** Characters that may come at once now; grows with time. */
  readonly credit: number;
  readonly isArmed: boolean;
}

/** What a key did: the dialog goes on, or it is answered. */
export type GateStep = { readonly kind: 'open'; readonly state: GateState } | { readonly kind: 'answered'; readonly answer: GateAnswer };

/** Input that was typed before the dialog could be read is no answer to it. */
export const DRAIN_MS = 300;
/** From `destroys` up the destructive button is dead for so long. */
export const ARMING_MS = 1500;
/** Without a key for so long it is No. */
export const IDLE_MS = 60_000;
/** Faster than one character in so many milliseconds is no hand. */
const HAND_MS = 25;
/** A busy machine or a slow link delivers a few typed characters at once; more are a burst. */
const MOST_AT_ONCE = 3;
const MOST_ATTEMPTS = 3;

export function openGate(question: GateQuestion, now: number): GateState {
  const delay = isRiskier(question.plan.risk, 'recreates') ? ARMING_MS : DRAIN_MS;
  return {
    focus: 'keep',
    phrase: EMPTY_FIELD,
    reason: EMPTY_FIELD,
    attempts: 0,
    notice: undefined,
    scroll: 0,
    drainedAt: now + DRAIN_MS,
    armedAt: now + delay,
    lastKeyAt: now,
    credit: mostAtOnce(question),
    isArmed: false,
  };
}

/** The dialog after a key (design: the gate, "The dialog"). Escape and Ctrl-C are No at any time. */
export function pressGate(question: GateQuestion, state: GateState, key: Key & { readonly at: number }): GateStep {
  if (key.name === 'ctrl-c') return no('interrupted');
  if (key.name === 'esc') return no('answered');
  const credit = Math.min(mostAtOnce(question), state.credit + (key.at - state.lastKeyAt) / HAND_MS);
  const heard: GateState = { ...state, lastKeyAt: key.at, credit };
  // Whoever still types when the dialog comes up is not answering it: the drain lasts until there is a pause.
  if (key.at < state.drainedAt) return open({ ...heard, drainedAt: Math.max(state.drainedAt, key.at + DRAIN_MS / 3) });
  if (isBurst(question, key, credit)) return open({ ...heard, notice: BURST_NOTICE });
  if (key.name === 'enter') return pressEnter(question, heard);
  const spent = key.text === '' ? heard : { ...heard, credit: credit - 1 };
  return open(settleFocus(question, editGate(question, spent, key)));
}

/** Enter among other characters, or more characters than a hand types in that time. */
function isBurst(question: GateQuestion, key: Key, credit: number): boolean {
  return key.text === '' ? key.chunk > 1 : key.chunk > mostAtOnce(question) || key.left > credit;
}

/** Never the whole phrase at once, however short it is. */
function mostAtOnce(question: GateQuestion): number {
  return question.demand.kind === 'type' ? Math.max(1, Math.min(MOST_AT_ONCE, question.demand.phrase.length - 1)) : 1;
}

/** A paste is not typing; only the reason, which nobody compares, may be pasted. */
export function pasteIntoGate(state: GateState, text: string, now: number): GateState {
  const heard = { ...state, lastKeyAt: now };
  return state.focus === 'reason' ? { ...heard, reason: pasteIntoField(state.reason, text) } : { ...heard, notice: PASTE_NOTICE };
}

/** The delay is over: the destructive button lives, and takes the focus when the phrase stands already. */
export function armGate(question: GateQuestion, state: GateState): GateState {
  return settleFocus(question, { ...state, isArmed: true });
}

/** Where the focus can go, in order. */
function gateFocuses(question: GateQuestion, state: GateState): readonly GateFocus[] {
  const destroy: readonly GateFocus[] = canDestroy(question, state) ? ['destroy'] : [];
  switch (question.demand.kind) {
    case 'type':
      return question.demand.reason ? ['phrase', 'reason', 'keep', ...destroy] : ['phrase', 'keep', ...destroy];
    case 'yes-no':
      return ['keep', ...destroy];
    default:
      return ['keep'];
  }
}

/** Whether the destructive button can be pressed now. */
export function canDestroy(question: GateQuestion, state: GateState): boolean {
  if (!state.isArmed) return false;
  if (question.demand.kind === 'yes-no') return true;
  return question.demand.kind === 'type' && isExact(question, state) && hasReason(question, state);
}

function pressEnter(question: GateQuestion, state: GateState): GateStep {
  switch (state.focus) {
    case 'keep':
      return no('answered');
    case 'destroy':
      return canDestroy(question, state) ? { kind: 'answered', answer: yes(question, state) } : open(state);
    case 'phrase':
      return submitPhrase(question, state);
    case 'reason':
      return open(
        hasReason(question, state)
          ? settleFocus(question, { ...state, focus: 'destroy' })
          : { ...state, notice: 'A reason is needed; it goes into the journal' },
      );
  }
}

/** Enter in the phrase field: a wrong phrase is told, and the third one ends it. */
function submitPhrase(question: GateQuestion, state: GateState): GateStep {
  if (isExact(question, state))
    return open(demandsReason(question) ? { ...state, focus: 'reason', notice: undefined } : settleFocus(question, state));
  const attempts = state.attempts + 1;
  if (attempts >= MOST_ATTEMPTS) return no('answered');
  const notice = `“${fieldText(state.phrase)}” is not it (${attempts} of ${MOST_ATTEMPTS})`;
  return open({ ...state, attempts, notice, phrase: EMPTY_FIELD, focus: 'phrase' });
}

function editGate(question: GateQuestion, state: GateState, key: Key): GateState {
  const quiet = { ...state, notice: undefined };
  if (key.name === 'tab') return moveFocus(question, quiet, 1);
  if (key.name === 'shift-tab') return moveFocus(question, quiet, -1);
  if (question.demand.kind !== 'type') return moveByArrow(question, quiet, key.name);
  if (state.focus === 'reason') return { ...quiet, reason: pressField(state.reason, key) };
  const isButton = state.focus === 'keep' || state.focus === 'destroy';
  if (isButton && (key.name === 'left' || key.name === 'right')) return moveByArrow(question, quiet, key.name);
  const phrase = pressField(state.phrase, key);
  return phrase === state.phrase ? quiet : { ...quiet, phrase, focus: 'phrase' };
}

function moveByArrow(question: GateQuestion, state: GateState, name: string): GateState {
  if (name === 'left') return moveFocus(question, state, -1);
  return name === 'right' ? moveFocus(question, state, 1) : state;
}

function moveFocus(question: GateQuestion, state: GateState, by: number): GateState {
  const focuses = gateFocuses(question, state);
  const index = focuses.indexOf(state.focus);
  return { ...state, focus: focuses[(index + by + focuses.length) % focuses.length] ?? 'keep' };
}

/** Phrase and Enter is all it takes: the exact phrase moves the focus to the button; a phrase that is no longer exact takes it away. */
function settleFocus(question: GateQuestion, state: GateState): GateState {
  if (question.demand.kind !== 'type')
    return state.focus === 'destroy' && !canDestroy(question, state) ? { ...state, focus: 'keep' } : state;
  if (state.focus === 'destroy' && !canDestroy(question, state))
    return { ...state, focus: isExact(question, state) && demandsReason(question) ? 'reason' : 'phrase' };
  if (state.focus === 'phrase' && canDestroy(question, state)) return { ...state, focus: 'destroy' };
  return state;
}

function isExact(question: GateQuestion, state: GateState): boolean {
  return question.demand.kind === 'type' && fieldText(state.phrase).trim() === question.demand.phrase;
}

function demandsReason(question: GateQuestion): boolean {
  return question.demand.kind === 'type' && question.demand.reason;
}

function hasReason(question: GateQuestion, state: GateState): boolean {
  return !demandsReason(question) || fieldText(state.reason).trim() !== '';
}

function yes(question: GateQuestion, state: GateState): GateAnswer {
  if (question.demand.kind !== 'type') return { answer: 'yes' };
  const reason = demandsReason(question) ? fieldText(state.reason).trim() : undefined;
  return { answer: 'phrase', phrase: fieldText(state.phrase).trim(), reason };
}

function no(because: NonNullable<GateAnswer['because']>): GateStep {
  return { kind: 'answered', answer: { answer: 'no', because } };
}

function open(state: GateState): GateStep {
  return { kind: 'open', state };
}

const BURST_NOTICE = 'That came too fast to be typed; type it';
const PASTE_NOTICE = 'A paste does not count; type it';
