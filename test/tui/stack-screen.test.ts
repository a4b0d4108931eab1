import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { fakeOptions } from './fake-options.ts';
import { byId, container, fakeStack, SHOP, service } from './fake-stack.ts';
import { KEY, openScreen, type Screen } from './harness.ts';

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
] as const;

describe.each(SIZES)('at $columns × $rows', (size) => {
  test('shows every service with its state, in frames that close', async () => {
    const screen = await openScreen(size);
    await screen.see('D down');
    for (const text of ['shop ▸ dev', 'guarded', 'postgres', '● healthy', '✖ exited 1', '◐ waits for worker', '140 MB'])
      expect(screen.text()).toContain(text);
    expectClosedFrames(screen, size.columns);
    await quit(screen);
  });

  test('keeps its frames whole whatever names and texts come', async () => {
    const stack = fakeStack();
    const now = Date.now();
    const long = 'ein-sehr-langer-dienstname-der-nirgends-hineinpasst-und-trotzdem-da-ist';
    const wide = '日本語サービス';
    stack.session.set({
      model: { status: 'ready', model: { ...SHOP, services: { ...SHOP.services, [long]: service(long), [wide]: service(wide) } } },
      containers: { ...stack.session.getState().containers, ...byId([container(long, now), container(wide, now)]) },
    });
    stack.session.log('worker', '👩‍👩‍👧‍👦 family 日本語 \u001b[31mred\u001b[0m \u001b[2J\u001b[H evil', 'x'.repeat(500), '\ttab\r\nlf');
    const screen = await openScreen({ ...size, options: (terminal) => fakeOptions(terminal, { stack }) });
    await screen.see('日本語');
    expectClosedFrames(screen, size.columns);
    screen.press('l');
    await screen.see('family');
    expectClosedFrames(screen, size.columns);
    await quit(screen);
  });

  test('every tab and dialog fits', async () => {
    const screen = await openScreen(size);
    await screen.see('D down');
    for (const tab of ['Logs', 'Stats', 'Env', 'Config', 'Ports', 'Health']) {
      screen.press(tab === 'Logs' ? 'l' : ']');
      await screen.see(`worker · ${tab}`);
      expectClosedFrames(screen, size.columns);
    }
    for (const [key, text] of [
      ['?', '╔ Keys '],
      ['x', 'interrupts'],
      ['D', '╔ Take the stack down '],
      ['p', '╔ Profiles '],
      ['i', 'Image id'],
    ] as const) {
      screen.press(key);
      await screen.see(text);
      expectClosedFrames(screen, size.columns);
      screen.press(KEY.esc);
      await screen.gone(text);
    }
    await quit(screen);
  });
});

describe('a terminal without Unicode', () => {
  test('gets nothing but ASCII, in frames that close', async () => {
    const stack = fakeStack();
    stack.session.log('worker', 'señor 日本');
    const screen = await openScreen({ env: { LANG: 'C' }, options: (terminal) => fakeOptions(terminal, { stack }) });
    await screen.see('> worker    x exited 1');
    for (const key of ['l', ']', ']', ']', ']']) screen.press(key);
    screen.press('?');
    await screen.see('Signs');
    expect(screen.text()).toMatch(/^[\u000a\u0020-\u007e]*$/);
    expect(screen.rows().every((row) => row.length <= 120)).toBe(true);
    await quit(screen, [KEY.esc]);
  });
});

describe('resize', () => {
  test('goes from two panes to one with tabs, to a word, and back', async () => {
    const screen = await openScreen({ columns: 120, rows: 40 });
    await screen.see('worker · Health');
    await screen.resize(80, 24);
    await screen.gone('│╭');
    await screen.see('Services · Health · Logs');
    expectClosedFrames(screen, 80);
    await screen.resize(39, 9);
    await screen.see('too small: 39×9');
    await screen.resize(200, 60);
    await screen.see('╭ worker · Health');
    expectClosedFrames(screen, 200);
    await quit(screen);
  });
});

describe('the list', () => {
  test('starts at the service that fails, and keeps the cursor on it when the order changes', async () => {
    const stack = fakeStack();
    const screen = await openScreen({ options: (terminal) => fakeOptions(terminal, { stack }) });
    await screen.see('▸ worker');
    stack.session.set({ containers: { ...stack.session.getState().containers, ...byId([container('aaa-orphan', Date.now())]) } });
    await screen.see('aaa-orphan');
    expect(screen.text()).toContain('▸ worker');
    await quit(screen);
  });

  test('filters as one types, and clears with Escape', async () => {
    const screen = await openScreen();
    await screen.see('redis');
    await screen.type('/po');
    await screen.gone('  redis ');
    await screen.see('/po 1 of 5');
    screen.press(KEY.enter);
    await screen.see('▸ postgres');
    screen.press('/');
    screen.press(KEY.esc);
    await screen.see('redis');
    await quit(screen);
  });

  test('a burst that opens a mode is heard by that mode', async () => {
    const screen = await openScreen();
    await screen.see('redis');
    screen.press('/red');
    await screen.see('/red 1 of 5');
    await quit(screen, [KEY.esc]);
  });
});

async function quit(screen: Screen, before: readonly string[] = []): Promise<void> {
  for (const key of before) screen.press(key);
  if (before.length > 0) await new Promise((resolve) => setTimeout(resolve, 80));
  screen.press('q');
  expect(await screen.exit).toBe(0);
}

/** Every row is as wide as the screen at most, and what begins with a side of a frame ends with one. */
function expectClosedFrames(screen: Screen, columns: number): void {
  for (const row of screen.rows()) {
    expect(stringWidth(row), row).toBeLessThanOrEqual(columns);
    if (/^[║│╔╭╚╰]/.test(row)) expect(row, row).toMatch(/[║│╗╮╝╯]$/);
    if (/^[║│╔╭╚╰]/.test(row)) expect(stringWidth(row), row).toBe(columns);
  }
}
