import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireEngine } from '../engine/engine.ts';
import { makeStack, type TestStack } from '../engine/stack.ts';
import { openShell, pause, type Shell, type ShellOptions, START } from './shell.ts';

const isReady = requireEngine();
const ESC = '\u001b';

const COMPOSE = `
services:
  store:
    image: busybox
    init: true
    command: sh -c 'echo store is up; sleep infinity'
    healthcheck: {test: ['CMD', 'true'], interval: 1s, retries: 2}
    volumes: ['goods:/goods']
  front:
    image: busybox
    init: true
    command: sh -c 'echo front is up; sleep infinity'
    depends_on: {store: {condition: service_healthy}}
  broken:
    image: busybox
    command: sh -c 'echo cannot find the config; exit 3'
volumes:
  goods:
`;

describe.skipIf(!isReady)('the terminal UI on a real engine', () => {
  let stack: TestStack;

  beforeAll(() => {
    stack = makeStack('tuipty', { 'compose.yaml': COMPOSE });
    stack.devctl(['up']);
  });

  afterAll(() => stack.cleanUp());

  test('shows the stack, follows it, restarts a service, and leaves a sane terminal', async () => {
    const shell = await opened();
    await shell.see(/broken +✖ exited 3/);
    await shell.see(/store +● healthy/);
    expect(shell.text()).toContain('cannot find the config');
    stack.docker('kill', 'tuipty-front-1');
    await shell.see(/front +✖ exited 137/);
    stack.docker('start', 'tuipty-front-1');
    await shell.see(/front +○ running/);
    await select(shell, 'store');
    const before = stack.docker('inspect', '--format', '{{.State.StartedAt}}', 'tuipty-store-1');
    shell.press('r');
    await shell.see('Restart');
    await shell.see(/store +● healthy/);
    await untilTrue(() => stack.docker('inspect', '--format', '{{.State.StartedAt}}', 'tuipty-store-1') !== before);
    await shell.gone('Restart store');
    await left(shell, 'q', 0);
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('%s ends it with %i and a sane terminal', async (signal, code) => {
    const shell = await opened();
    process.kill(await shell.devctlPid(), signal);
    await leftWith(shell, code);
  });

  test('a shell in a container gets every key, and the UI comes back', async () => {
    const shell = await opened();
    await select(shell, 'front');
    shell.press('s');
    await shell.gone('Services');
    await shell.see(/[#$] /);
    await shell.type('echo got-$((40+2)) && exit\r');
    await shell.see('╔ Services');
    await shell.see(/store +● healthy/);
    expect(shell.raw()).toContain('got-42');
    await shell.gone('Open a shell');
    await left(shell, 'q', 0);
  });

  test('Ctrl-Z stops it, fg brings it back', async () => {
    const shell = await opened();
    shell.press('\u001a');
    await shell.see('Stopped');
    expect(shell.isAlternate()).toBe(false);
    expect(await shell.run('stty -a')).toMatch(/ icanon .* echo /s);
    shell.press('fg; echo code-$?\r');
    await shell.see('╔ Services');
    await left(shell, 'q', 0);
  });

  test('every size fits, also while it changes', async () => {
    const shell = await opened({ columns: 80, rows: 24 });
    await shell.see('Services · Health');
    shell.resize(120, 40);
    await shell.see('╭ broken · Health');
    shell.resize(39, 9);
    await shell.see('too small');
    shell.resize(200, 60);
    await shell.see('╭ broken · Health');
    expect(shell.raw()).not.toContain(`${ESC}[2J`);
    expect(shell.raw()).not.toContain(`${ESC}[3J`);
    await left(shell, 'q', 0);
  });

  test('the editor gets the file, and the UI comes back', async () => {
    const shell = await opened({ env: { EDITOR: 'head -n 3' } });
    await select(shell, 'front');
    shell.press('e');
    await untilTrue(() => shell.raw().includes('services:'));
    await shell.see('╔ Services');
    await left(shell, 'q', 0);
  });

  test('does not outlive its terminal', async () => {
    const shell = await opened();
    const pid = await shell.devctlPid();
    shell.close();
    await untilTrue(() => !isAlive(pid));
  });

  test('without an engine one clear screen says what to do', async () => {
    const shell = await opened({ env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } }, 'No Docker engine answers');
    await shell.see('tries again by itself');
    await left(shell, 'q', 0);
  });

  // Last: the stack is gone afterwards.
  test('deleting the volumes takes the phrase; Escape keeps them', async () => {
    const shell = await opened();
    await askToDelete(shell);
    await pause(400);
    shell.press('\r');
    await shell.gone('Type tuipty');
    expect(stack.volumes()).toEqual(['tuipty_goods']);
    await pause(300);
    await askToDelete(shell);
    expect(shell.text()).toContain('tuipty_goods');
    const phrase = /Type (\S+):/.exec(shell.text())?.[1] ?? '';
    await pause(400);
    await shell.type(phrase);
    await shell.see('[ Delete 1 volume ]');
    shell.press('\r');
    await shell.see('done after');
    expect(stack.volumes()).toEqual([]);
    expect(stack.containers()).toEqual([]);
    shell.press(ESC);
    await shell.gone('Esc close');
    await left(shell, 'q', 0);
  });

  async function opened(wish: ShellOptions = {}, first: string | RegExp = /broken +✖/): Promise<Shell> {
    const shell = openShell(stack, wish);
    await shell.see('ready$');
    shell.press(`${START}; echo code-$?\r`);
    await shell.see(first);
    return shell;
  }
});

/** Moves the cursor to a service. */
async function select(shell: Shell, service: string): Promise<void> {
  await pause(200);
  for (let presses = 0; presses < 5 && !shell.text().includes(`▸ ${service}`); presses += 1) {
    shell.press(presses === 0 ? 'g' : 'j');
    await pause(150);
  }
  await shell.see(`▸ ${service}`);
}

async function askToDelete(shell: Shell): Promise<void> {
  shell.press('D');
  await shell.see('delete volumes');
  shell.press('j');
  await shell.see(/▸ +Down and delete/);
  shell.press('\r');
  await shell.see('Type tuipty');
}

async function left(shell: Shell, keys: string, code: number): Promise<void> {
  shell.press(keys);
  await leftWith(shell, code);
}

/** Ended with this code; the shell's screen, cursor, echo and line input are back. */
async function leftWith(shell: Shell, code: number): Promise<void> {
  await shell.see(`code-${code}`);
  expect(shell.isAlternate()).toBe(false);
  expect(shell.raw().lastIndexOf(`${ESC}[?25h`)).toBeGreaterThan(shell.raw().lastIndexOf(`${ESC}[?25l`));
  expect(shell.raw().lastIndexOf(`${ESC}[?7h`)).toBeGreaterThan(shell.raw().lastIndexOf(`${ESC}[?7l`));
  expect(await shell.run('stty -a')).toMatch(/ icanon .* echo /s);
  shell.close();
}

async function untilTrue(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error('it never became so');
    await pause(200);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: there is no such process any more.
    return false;
  }
}
