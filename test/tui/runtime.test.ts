import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createTerminalLender } from '#tui/runtime/lend.ts';
import { StdinProxy, splitReports } from '#tui/runtime/stdin-proxy.ts';
import { fakeOptions } from './fake-options.ts';
import { fakeStack } from './fake-stack.ts';
import { KEY, openScreen, type Screen } from './harness.ts';

const ESC = '\u001b';

describe('the terminal is restored', () => {
  test.each([
    ['q', 0, (screen: Screen) => screen.press('q')],
    ['Ctrl-C', 130, (screen: Screen) => screen.press(KEY.ctrlC)],
    ['SIGINT', 130, (screen: Screen) => screen.signal('SIGINT')],
    ['SIGTERM', 143, (screen: Screen) => screen.signal('SIGTERM')],
    ['SIGHUP', 129, (screen: Screen) => screen.signal('SIGHUP')],
    ['the end of the terminal', 129, (screen: Screen) => screen.hangUp()],
  ] as const)('after %s, with exit code %i', async (_name, code, leave) => {
    const stack = fakeStack();
    const screen = await openScreen({ options: (terminal) => fakeOptions(terminal, { stack }) });
    await screen.see('D down');
    leave(screen);
    expect(await screen.exit).toBe(code);
    expectRestored(screen);
    expect(stack.session.isStopped).toBe(true);
  });

  test('after an error in a component, which is printed then, with exit code 1', async () => {
    const stack = fakeStack();
    const screen = await openScreen({ options: (terminal) => fakeOptions(terminal, { stack }) });
    await screen.see('D down');
    const broken = Object.defineProperty({}, 'postgres', {
      get: () => {
        throw new Error('the sky is falling');
      },
    });
    stack.session.set({ stats: broken });
    expect(await screen.exit).toBe(1);
    expectRestored(screen);
    expect(screen.stderr).toContain('the sky is falling');
  });
});

describe('frames', () => {
  test('none while nothing happens, and never a full clear', async () => {
    const screen = await openScreen({ options: (terminal) => fakeOptions(terminal, { stack: quietStack() }) });
    await screen.see('D down');
    screen.press('l');
    await screen.see('postgres · Logs');
    await pause(300);
    const before = screen.raw().length;
    await pause(3000);
    expect(screen.raw().length - before).toBe(0);
    await screen.resize(100, 30);
    screen.press(KEY.ctrlL);
    await pause(100);
    expect(screen.raw()).not.toContain(`${ESC}[2J`);
    expect(screen.raw()).not.toContain(`${ESC}[3J`);
    screen.press('q');
    await screen.exit;
  });

  test('one changed cell is a few bytes', async () => {
    const stack = quietStack();
    const screen = await openScreen({ options: (terminal) => fakeOptions(terminal, { stack }) });
    await screen.see('D down');
    await pause(200);
    const before = screen.raw().length;
    const { stats } = stack.session.getState();
    stack.session.set({ stats: { ...stats, redis: { ...(stats.redis as NonNullable<typeof stats.redis>), cpuPercent: 97.4 } } });
    await screen.see('97%');
    expect(screen.raw().length - before).toBeLessThan(400);
    screen.press('q');
    await screen.exit;
  });

  test('Ctrl-L draws everything again over what somebody else wrote', async () => {
    const screen = await openScreen();
    await screen.see('D down');
    screen.terminal.stdout.write(`${ESC}[5;5Hgarbage from elsewhere`);
    await screen.see('garbage');
    screen.press(KEY.ctrlL);
    await screen.gone('garbage');
    expect(screen.text()).toContain('postgres');
    screen.press('q');
    await screen.exit;
  });
});

describe('lending the terminal', () => {
  test('a child gets the terminal whole and gives it back; nothing is drawn meanwhile', async () => {
    const lender = createTerminalLender();
    const stack = fakeStack();
    const screen = await openScreen({ options: (terminal) => fakeOptions(terminal, { stack, lender }) });
    await screen.see('D down');
    const { promise, resolve } = Promise.withResolvers<string>();
    const lent = lender.lend(() => promise);
    await screen.gone('postgres');
    expect(screen.isRaw).toBe(false);
    expect(screen.isReading).toBe(false);
    const before = screen.raw().length;
    stack.session.log('worker', 'said while away');
    await pause(50);
    expect(screen.raw().length).toBe(before);
    resolve('the result');
    expect(await lent).toBe('the result');
    await screen.see('said while away');
    expect(screen.isRaw).toBe(true);
    screen.press('q');
    expect(await screen.exit).toBe(0);
  });

  test('a child that fails gives it back as well', async () => {
    const lender = createTerminalLender();
    const screen = await openScreen({ options: (terminal) => fakeOptions(terminal, { lender }) });
    await screen.see('D down');
    await expect(lender.lend(() => Promise.reject(new Error('no shell')))).rejects.toThrow('no shell');
    await screen.see('postgres');
    screen.press('q');
    expect(await screen.exit).toBe(0);
  });

  test('Ctrl-Z stops the job, and everything is drawn when it goes on', async () => {
    const screen = await openScreen();
    await screen.see('D down');
    screen.press(KEY.ctrlZ);
    await screen.gone('postgres');
    expect(screen.jobStops).toBe(1);
    expect(screen.isRaw).toBe(false);
    screen.signal('SIGCONT');
    await screen.see('postgres');
    expect(screen.isRaw).toBe(true);
    await pause(50);
    screen.signal('SIGTSTP');
    await screen.gone('postgres');
    expect(screen.jobStops).toBe(2);
    await screen.see('postgres');
    screen.press('q');
    expect(await screen.exit).toBe(0);
  });

  test('without a UI it just runs', async () => {
    expect(await createTerminalLender().lend(async () => 42)).toBe(42);
  });
});

describe('the stdin proxy', () => {
  test.each([
    ['whole', ['a\u001b[<0;10;20Mb']],
    ['in pieces', ['a\u001b', '[', '<0;1', '0;20', 'Mb']],
    ['focus reports', ['a\u001b[I', '\u001b[', 'Ob']],
  ])('takes reports out: %s', (_name, chunks) => {
    let held = '';
    let keys = '';
    for (const chunk of chunks) {
      const split = splitReports(held + chunk, () => undefined);
      keys += split.keys;
      held = split.held;
    }
    expect(keys + held).toBe('ab');
  });

  test('lets a lone Escape and split arrow keys through', async () => {
    const { proxy, send } = proxied();
    send('\u001b');
    await expect(read(proxy)).resolves.toBe('\u001b');
    send('\u001b[');
    send('A');
    await expect(read(proxy)).resolves.toBe('\u001b[A');
  });

  test('puts characters together that arrive in halves', async () => {
    const { proxy, tty } = proxied();
    const bytes = Buffer.from('日');
    tty.emit('data', bytes.subarray(0, 1));
    tty.emit('data', bytes.subarray(1));
    await expect(read(proxy)).resolves.toBe('日');
  });

  test('reads nothing while it is let go, and tells when the terminal is gone', () => {
    const { proxy, tty, closed } = proxied();
    proxy.unref();
    expect(tty.listenerCount('data')).toBe(0);
    proxy.ref();
    tty.emit('end');
    expect(closed()).toBe(1);
  });
});

function proxied() {
  const tty = Object.assign(new EventEmitter(), { isTTY: true, resume: () => undefined, pause: () => undefined });
  let closes = 0;
  const proxy = new StdinProxy(
    tty,
    () => undefined,
    () => {
      closes += 1;
    },
  );
  proxy.setEncoding('utf8');
  proxy.ref();
  return { proxy, tty, send: (text: string) => tty.emit('data', Buffer.from(text)), closed: () => closes };
}

function read(proxy: StdinProxy): Promise<string> {
  return new Promise((resolve) => proxy.once('data', (chunk) => resolve(String(chunk))));
}

/** Everything healthy and nothing that tells a time of less than an hour. */
function quietStack() {
  const stack = fakeStack();
  const { containers } = stack.session.getState();
  const well = Object.values(containers).map((one) => ({
    ...one,
    status: 'running' as const,
    health: 'none' as const,
    exitCode: null,
    startedAt: '2026-01-01T00:00:00Z',
  }));
  stack.session.set({ containers: Object.fromEntries(well.map((one) => [one.id, one])) });
  return stack;
}

/** Main screen, cursor, line wrap, paste mode and cooked input are back, after everything else. */
function expectRestored(screen: Screen): void {
  const raw = screen.raw();
  expect(raw.lastIndexOf(`${ESC}[?1049l`)).toBeGreaterThan(raw.lastIndexOf(`${ESC}[?1049h`));
  expect(raw.lastIndexOf(`${ESC}[?25h`)).toBeGreaterThan(raw.lastIndexOf(`${ESC}[?25l`));
  expect(raw.lastIndexOf(`${ESC}[?7h`)).toBeGreaterThan(raw.lastIndexOf(`${ESC}[?7l`));
  expect(raw.lastIndexOf(`${ESC}[?2004l`)).toBeGreaterThan(raw.lastIndexOf(`${ESC}[?2004h`));
  expect(screen.isRaw).toBe(false);
  expect(screen.isReading).toBe(false);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
