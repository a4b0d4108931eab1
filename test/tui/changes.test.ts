import { describe, expect, test } from 'vitest';
import { DevctlError } from '#domain/error.ts';
import type { RunChange, TuiOptions } from '#tui/host.ts';
import { fakeOptions } from './fake-options.ts';
import { fakeStack } from './fake-stack.ts';
import { KEY, openScreen, type Screen } from './harness.ts';

describe('a change', () => {
  test('of one service starts at once on its key, and says how it ended', async () => {
    const started: string[][] = [];
    const screen = await openWith({ runChange: ends(started) });
    screen.press('r');
    await screen.see('Restart: done');
    expect(started).toEqual([['devctl', 'restart', 'worker']]);
    await quit(screen);
  });

  test('of all services wants a second press, which two in one chunk are not', async () => {
    const started: string[][] = [];
    const screen = await openWith({ runChange: ends(started) });
    screen.press('RR');
    await screen.see('R again to restart all 5 services');
    expect(started).toEqual([]);
    await screen.type('R');
    await screen.type('R');
    await screen.see('done after');
    expect(started).toEqual([['devctl', 'restart']]);
    screen.press(KEY.esc);
    await screen.gone('done after');
    await quit(screen);
  });

  test('that fails says why, and T shows everything', async () => {
    const screen = await openWith({
      runChange: async () => {
        throw new DevctlError('external', 'docker compose ended with 1', {
          hint: 'Look at the last lines.',
          command: { argv: [], exitCode: 1, stderr: ['no such image'] },
        });
      },
    });
    screen.press('r');
    await screen.see('docker compose ended with 1 · T shows why');
    screen.press('T');
    await screen.see('no such image');
    expect(screen.text()).toContain('Look at the last lines.');
    screen.press(KEY.esc);
    await screen.gone('no such image');
    await quit(screen);
  });

  test('goes on when its pane is left; quitting meanwhile asks', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const screen = await openWith({ runChange: ends([], promise) });
    screen.press('U');
    await screen.see('Esc leave (it goes on)');
    screen.press(KEY.esc);
    await screen.gone('it goes on');
    screen.press('q');
    await screen.see('[ Stay ]');
    screen.press(KEY.enter);
    await screen.gone('[ Stay ]');
    screen.press('q');
    await screen.see('[ Stay ]');
    screen.press(KEY.tab);
    await screen.see('[ Quit when it ends ]');
    screen.press(KEY.enter);
    await screen.gone('Quit when it ends');
    resolve();
    expect(await screen.exit).toBe(0);
  });

  test('waits for the one before it', async () => {
    const order: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const runChange: RunChange = async (change) => {
      order.push(`${change.command} begins`);
      if (change.command === 'restart') await promise;
      order.push(`${change.command} ends`);
      return { exitCode: 0 };
    };
    const screen = await openWith({ runChange });
    screen.press('r');
    screen.press('b');
    await screen.see('Restart worker');
    resolve();
    await screen.see('Rebuild worker: done');
    expect(order).toEqual(['restart begins', 'restart ends', 'rebuild begins', 'rebuild ends']);
    await quit(screen);
  });

  test('that cannot run now says so', async () => {
    const stack = fakeStack();
    const screen = await openWith({ stack, loadActions: async () => (await import('#actions/index.ts')).loadActions() });
    stack.session.set({ connection: { status: 'lost', since: '', error: 'gone', hint: undefined } });
    screen.press('r');
    await screen.see('not now, the engine does not answer');
    await quit(screen);
  });
});

describe('the profile picker', () => {
  test('switches; the stack that is left stays as it is', async () => {
    const stack = fakeStack();
    const screen = await openWith({ stack });
    screen.press('p');
    await screen.see('4 running');
    screen.press('j');
    await screen.see('▸ test');
    screen.press(KEY.enter);
    await screen.see('shop ▸ test');
    await screen.see('Now test; dev stays as it is');
    expect(stack.session.isStopped).toBe(true);
    await quit(screen);
  });

  test('says why a profile cannot be opened, and stays', async () => {
    const screen = await openWith({
      openProfile: async () => {
        throw new DevctlError('usage', 'context prod-box does not exist', { hint: 'docker context ls' });
      },
    });
    screen.press('p');
    await screen.see('Profiles');
    screen.press('j');
    screen.press(KEY.enter);
    await screen.see('context prod-box does not exist · docker context ls');
    expect(screen.text()).toContain('shop ▸ dev');
    await quit(screen);
  });
});

test('copying goes to the terminal’s clipboard', async () => {
  const screen = await openWith({});
  screen.press('y');
  await screen.see('Copied shop-worker-1');
  expect(screen.raw()).toContain(`\u001b]52;c;${Buffer.from('shop-worker-1').toString('base64')}\u0007`);
  await quit(screen);
});

async function openWith(change: Partial<TuiOptions>): Promise<Screen> {
  const screen = await openScreen({ options: (terminal) => fakeOptions(terminal, change) });
  await screen.see('D down');
  return screen;
}

/** Pretends to change something; ends when told. */
function ends(started: string[][], when: Promise<void> = Promise.resolve()): RunChange {
  return async (change, _context, _options, run) => {
    started.push([...run.argv]);
    await when;
    run.listener({ event: 'done', message: `${change.title}: done`, durationMs: 1 });
    return { exitCode: 0 };
  };
}

async function quit(screen: Screen): Promise<void> {
  screen.press('q');
  expect(await screen.exit).toBe(0);
}
