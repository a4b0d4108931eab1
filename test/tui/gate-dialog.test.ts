import { describe, expect, test } from 'vitest';
import type { GateAnswer } from '#domain/gate.ts';
import { fakeOptions, fakeRunChange } from './fake-options.ts';
import { KEY, openScreen, type Screen } from './harness.ts';

describe('the gate dialog on a real keyboard', () => {
  test('shows what goes, what stays and the command line, with Keep data in focus', async () => {
    const { screen, answers } = await atGate();
    for (const text of [
      'shop_pgdata',
      '412 MB',
      'Kept',
      'shop_caddy (external)',
      'Undo',
      'Type shop:dev:',
      '[ Keep data ]',
      '$ devctl down --volumes --plan',
    ])
      expect(screen.text()).toContain(text);
    await answered(screen, KEY.enter, 'nothing was changed');
    expect(answers).toEqual([{ answer: 'no', because: 'answered' }]);
    await quit(screen);
  });

  test('phrase and Enter is all it takes, and the task pane follows', async () => {
    const { screen, answers } = await atGate();
    await screen.type('shop:dev');
    await screen.see('[ Delete 2 volumes ]');
    screen.press(KEY.enter);
    await screen.see('docker compose down');
    expect(answers).toEqual([{ answer: 'phrase', phrase: 'shop:dev', reason: undefined }]);
    screen.press(KEY.esc);
    await screen.gone('docker compose down');
    await quit(screen);
  });

  test('a pasted phrase is no phrase, bracketed or not', async () => {
    const { screen, answers } = await atGate();
    screen.press('\u001b[200~shop:dev\u001b[201~');
    await screen.see('A paste does not count');
    screen.press('shop:dev');
    await screen.see('too fast to be typed');
    expect(screen.text()).not.toContain('[ Delete 2 volumes ]');
    await answered(screen, KEY.ctrlC, 'nothing was changed');
    expect(answers).toEqual([{ answer: 'no', because: 'interrupted' }]);
    await quit(screen);
  });

  test('keys typed ahead of it are gone', async () => {
    const { screen, answers } = await atMenu();
    screen.press(KEY.enter);
    screen.press('shop:dev\r');
    await screen.see('Type shop:dev:');
    await screen.type('yes\r');
    expect(answers).toEqual([]);
    await answered(screen, KEY.esc, 'nothing was changed');
    await quit(screen);
  });

  test('fills a small screen; the losses scroll, the phrase stays in view', async () => {
    const { screen } = await atGate({ columns: 80, rows: 12 });
    expect(screen.text()).toContain('Type shop:dev:');
    expect(screen.text()).not.toContain('Safer');
    for (let presses = 0; presses < 4; presses += 1) screen.press(KEY.pageDown);
    await screen.see('Safer');
    expect(screen.text()).toContain('Type shop:dev:');
    await answered(screen, KEY.esc, 'nothing was changed');
    await quit(screen);
  });
});

async function atMenu(
  size: { readonly columns?: number; readonly rows?: number } = {},
): Promise<{ readonly screen: Screen; readonly answers: GateAnswer[] }> {
  const answers: GateAnswer[] = [];
  const screen = await openScreen({ ...size, options: (terminal) => fakeOptions(terminal, { runChange: fakeRunChange(0, answers) }) });
  await screen.see('D down');
  screen.press('D');
  await screen.see('delete volumes');
  screen.press('j');
  await screen.see('▸    Down and delete');
  return { screen, answers };
}

async function atGate(size: { readonly columns?: number; readonly rows?: number } = {}) {
  const opened = await atMenu(size);
  opened.screen.press(KEY.enter);
  await opened.screen.see('Type shop:dev:');
  // The drain is by the clock, as hands are.
  await new Promise((resolve) => setTimeout(resolve, 350));
  return opened;
}

async function answered(screen: Screen, key: string, text: string): Promise<void> {
  screen.press(key);
  await screen.see(text);
}

async function quit(screen: Screen): Promise<void> {
  screen.press('q');
  expect(await screen.exit).toBe(0);
}
