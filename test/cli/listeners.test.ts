import { describe, expect, it } from 'vitest';
import { createJsonListener } from '#cli/listeners/json.ts';
import { createPlainListener } from '#cli/listeners/plain.ts';
import { createTerminalListener } from '#cli/listeners/terminal.ts';
import { plainPaint } from '#cli/paint.ts';
import type { ActionEvent } from '#domain/event.ts';
import { aPlan } from '../fakes/plan.ts';

const plan = aPlan({
  title: 'Stop shop (dev)',
  steps: [{ effect: { kind: 'compose', argv: ['stop'] } }, { effect: { kind: 'compose', argv: ['rm'] } }],
});

const RUN: readonly ActionEvent[] = [
  { event: 'started', action: 'stack.stop', plan, entry: '01A' },
  { event: 'step', step: 1, of: 2, what: 'stop api', state: 'begin' },
  { event: 'progress', step: 1, id: 'Container shop-api-1', text: 'Stopping', done: false },
  { event: 'output', step: 1, stream: 'stderr', line: 'a line\u001b[2J of the tool' },
  { event: 'progress', step: 1, id: 'Container shop-api-1', text: 'Stopped', done: true },
  { event: 'step', step: 1, of: 2, what: 'stop api', state: 'done' },
  { event: 'warning', message: 'something odd\nand more of it' },
  { event: 'done', message: 'Stopped.', durationMs: 1234 },
];

const plainLines = (style: Partial<Parameters<typeof createPlainListener>[1]>): string[] => {
  const lines: string[] = [];
  const listener = createPlainListener((line) => lines.push(line), {
    paint: plainPaint(80),
    quiet: false,
    verbose: false,
    now: () => 0,
    ...style,
  });
  for (const event of RUN) listener(event);
  return lines;
};

describe('plain lines', () => {
  it('tell each thing once, when it ends', () => {
    expect(plainLines({})).toEqual([
      'Stop shop (dev)',
      '[1/2] stop api',
      '  │ a line of the tool',
      '  Container shop-api-1  Stopped',
      '! something odd',
      '  and more of it',
      '✔ Stopped. (1.2 s)',
    ]);
  });

  it('tell every state when verbose', () => {
    expect(plainLines({ verbose: true })).toContain('  Container shop-api-1  Stopping');
  });

  it('give a sign of life every few seconds of long work', () => {
    const lines: string[] = [];
    let now = 0;
    const listener = createPlainListener((line) => lines.push(line), {
      paint: plainPaint(80),
      quiet: false,
      verbose: false,
      now: () => now,
    });
    for (const percent of [10, 20, 30, 40]) {
      now += 2000;
      listener({ event: 'progress', step: 1, id: 'Image postgres', text: `Pulling ${percent} %`, done: false });
    }
    expect(lines).toEqual(['  Image postgres  Pulling 30 %']);
  });

  it('tell warnings and the end when quiet', () => {
    expect(plainLines({ quiet: true })).toEqual(['! something odd', '  and more of it', '✔ Stopped. (1.2 s)']);
  });
});

describe('JSON lines', () => {
  it('are one document an event', () => {
    const lines: string[] = [];
    const listener = createJsonListener((line) => lines.push(line));
    for (const event of RUN) listener(event);
    const documents = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(documents.map((one) => one.event)).toEqual(RUN.map((one) => one.event));
    expect(documents.every((one) => one.schema === 1)).toBe(true);
    expect(documents[0]).toMatchObject({ action: 'stack.stop', entry: '01A', title: 'Stop shop (dev)', risk: 'none' });
    expect(documents[0]).not.toHaveProperty('plan');
  });
});

describe('a live terminal', () => {
  it('draws one line per resource in place and leaves its last state behind', () => {
    let screen = '';
    const write = (text: string): void => {
      screen += text;
    };
    const terminal = { write, columns: 40, rows: 24 };
    const { listener, close } = createTerminalListener(terminal, { paint: plainPaint(40), quiet: false, verbose: false, now: () => 0 });
    listener({ event: 'progress', step: 1, id: 'Image postgres', text: 'Pulling 10 %', done: false });
    listener({ event: 'progress', step: 1, id: 'Image postgres', text: 'Pulling 20 %', done: false });
    expect(screen).toBe('  Image postgres  Pulling 10 %\n\u001b[1A\u001b[0J  Image postgres  Pulling 20 %\n');
    screen = '';
    listener({ event: 'progress', step: 1, id: 'Image postgres', text: 'Pulled', done: true });
    expect(screen).toBe('\u001b[1A\u001b[0J  ✔ Image postgres  Pulled\n');
    screen = '';
    close();
    expect(screen).toBe('');
  });

  it('keeps each line within the width', () => {
    let screen = '';
    const write = (text: string): void => {
      screen += text;
    };
    const terminal = { write, columns: 20, rows: 24 };
    const { listener } = createTerminalListener(terminal, { paint: plainPaint(20), quiet: false, verbose: false, now: () => 0 });
    listener({ event: 'progress', step: 1, id: 'Image a/very/long/name/indeed', text: 'Pulling', done: false });
    expect(screen.trimEnd()).toHaveLength(19);
  });
});
