import type { Paint } from '#actions/action.ts';
import { formatPlan } from '#actions/format-plan.ts';
import { planDocument } from '#actions/plan-document.ts';
import type { Demand, GateAnswer, GateQuestion } from '#domain/gate.ts';
import { isRiskier } from '#domain/risk.ts';
import type { Clock } from '#system/clock.ts';
import { type LineReader, openLineReader, type TypedLine } from './line-reader.ts';
import { createPaint } from './paint.ts';
import type { Streams } from './streams.ts';

/** From `destroys` up nothing that is typed counts for so long, so that nobody answers before reading. */
const DEAD_MS = 1500;
const TRIES = 3;

/**
 * Puts the gate's question to the person at the terminal, on standard error. Enter alone, end of input, Ctrl-C and 60 s
 * without a key are a No.
 */
export async function askInTerminal(
  question: GateQuestion,
  streams: Streams,
  clock: Clock,
  paint: Paint = defaultPaint(streams),
): Promise<GateAnswer> {
  const { stderr, stdin } = streams;
  const say = (text: string): void => void stderr.write(`${text}\n`, () => undefined);
  for (const line of formatPlan(planDocument(question, clock.now()), paint)) say(line);
  const reader = await openLineReader(stdin, stderr, clock);
  try {
    const asking = { question, reader, paint, say: (text: string) => say(`${text}\r`) };
    if (question.demand.kind === 'type') return await askPhrase(asking, question.demand);
    return question.demand.kind === 'yes-no' ? await askYesNo(asking, question.demand.keep) : { answer: 'no', because: 'answered' };
  } finally {
    reader.close();
  }
}

interface Asking {
  readonly question: GateQuestion;
  readonly reader: LineReader;
  readonly paint: Paint;
  say(text: string): void;
}

/** `y` will do where nothing is lost; from `destroys` up the whole word is wanted. */
async function askYesNo({ question, reader, paint, say }: Asking, keep: string): Promise<GateAnswer> {
  const { plan } = question;
  const word = destroys(question) ? 'yes' : 'y';
  for (let tries = 0; tries < TRIES; tries++) {
    const line = await reader.read(
      `${paint.strong(`[ ${keep} ]`)}  ${plan.verb}: type ${word}, or Enter to ${lowerFirst(keep)}: `,
      dead(question),
    );
    if (line.kind !== 'line') return no(line);
    const typed = line.text.trim().toLowerCase();
    if (typed === 'yes' || (typed === 'y' && word === 'y')) return { answer: 'yes' };
    if (typed === '' || typed === 'n' || typed === 'no') break;
    say(`Type ${word} or press Enter.`);
  }
  return { answer: 'no', because: 'answered' };
}

/** Enter alone is No. A mismatch is shown and asked again, three times at most. */
async function askPhrase(asking: Asking, demand: Extract<Demand, { kind: 'type' }>): Promise<GateAnswer> {
  const { question, reader, paint, say } = asking;
  const prompt = `${paint.strong('[ Keep everything ]')}  ${question.plan.verb}: type ${paint.strong(demand.phrase)}, or Enter to keep: `;
  let typed = '';
  for (let tries = 0; tries < TRIES; tries++) {
    const line = await reader.read(prompt, dead(question));
    if (line.kind !== 'line') return no(line);
    typed = line.text.trim();
    if (typed === '') return { answer: 'no', because: 'answered' };
    if (typed === demand.phrase) return demand.reason ? askReason(asking, typed) : { answer: 'phrase', phrase: typed };
    say(`"${typed}" is not "${demand.phrase}".`);
  }
  return { answer: 'phrase', phrase: typed };
}

async function askReason({ reader, say }: Asking, phrase: string): Promise<GateAnswer> {
  for (let tries = 0; tries < TRIES; tries++) {
    const line = await reader.read('Reason (goes into the journal): ');
    if (line.kind !== 'line') return no(line);
    if (line.text.trim() !== '') return { answer: 'phrase', phrase, reason: line.text.trim() };
    say('A reason is needed.');
  }
  return { answer: 'no', because: 'answered' };
}

function no(line: Exclude<TypedLine, { kind: 'line' }>): GateAnswer {
  return { answer: 'no', because: line.kind };
}

function dead(question: GateQuestion): { readonly deadMs: number } {
  return { deadMs: destroys(question) ? DEAD_MS : 0 };
}

function destroys({ plan }: GateQuestion): boolean {
  return isRiskier(plan.risk, 'recreates');
}

function defaultPaint({ stderr }: Streams): Paint {
  return createPaint(stderr.isTTY ? 4 : 1, stderr.columns ?? 80);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
