import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireEngine } from '../engine/engine.ts';
import { makeStack, type TestStack } from '../engine/stack.ts';

const DEVCTL = fileURLToPath(new URL('../../bin/devctl', import.meta.url));

const COMPOSE = `services:
  db:
    image: busybox
    command: [sleep, infinity]
    stop_grace_period: 0s
    volumes: [data:/data]
volumes: {data: }
`;

describe.runIf(requireEngine())('the gate at a terminal', () => {
  let on: TestStack;

  beforeAll(() => {
    on = makeStack('cli-ask', { 'compose.yaml': COMPOSE });
    expect(on.devctl(['up']).code).toBe(0);
  });

  afterAll(() => on.cleanUp());

  it('keeps everything on Enter: exit code 3', async () => {
    const run = start('down', '--volumes');
    await run.until('or Enter to keep');
    run.pty.write('\r');
    expect(await run.ended).toBe(3);
    expect(on.volumes()).toEqual(['cli-ask_data']);
  });

  it('keeps everything on Ctrl-C: exit code 130', async () => {
    const run = start('down', '--volumes');
    await run.until('or Enter to keep');
    run.pty.write('\u0003');
    expect(await run.ended).toBe(130);
    expect(on.volumes()).toEqual(['cli-ask_data']);
  });

  it('keeps everything when the phrase is pasted', async () => {
    const run = start('down', '--volumes');
    await run.until('or Enter to keep');
    run.pty.write('cli-ask:dev\r');
    await run.until('Pasted text does not count');
    run.pty.write('\r');
    expect(await run.ended).toBe(3);
    expect(on.volumes()).toEqual(['cli-ask_data']);
  });

  it('asks again after a wrong phrase, and deletes exactly the volume on the right one', async () => {
    const run = start('down', '--volumes');
    await run.until('or Enter to keep');
    await run.type('cli-ask');
    await run.submit('is not "cli-ask:dev"');
    await run.until('or Enter to keep');
    await run.type('cli-ask:dev');
    await run.submit('✔');
    expect(await run.ended).toBe(0);
    expect(on.volumes()).toEqual([]);
    expect(on.devctl(['journal', '--json']).json<{ entries: { answer: string; outcome: string }[] }>().entries[0]).toMatchObject({
      answer: 'phrase typed',
      outcome: 'done',
    });
  });

  interface Terminal {
    readonly pty: IPty;
    readonly ended: Promise<number>;
    /** Waits until this text is on the terminal, after what was waited for before. */
    until(text: string): Promise<void>;
    /** Types key by key, each after the echo of the one before. */
    type(text: string): Promise<void>;
    /** Presses Enter again and again until it is heard: it is dead at first. */
    submit(untilText: string): Promise<void>;
  }

  function start(...args: readonly string[]): Terminal {
    const { PATH = '' } = process.env;
    const env = { PATH, HOME: `${on.directory}/..`, TERM: 'xterm', LANG: 'C.UTF-8', NO_COLOR: '1' };
    const pty = spawn(process.execPath, [DEVCTL, ...args], { cwd: on.directory, cols: 120, rows: 40, env });
    let screen = '';
    let from = 0;
    const waiting = new Set<() => void>();
    pty.onData((text) => {
      screen += text;
      for (const look of [...waiting]) look();
    });
    const until = (text: string): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          const at = screen.indexOf(text, from);
          if (at < 0) return;
          from = at + text.length;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    return {
      pty,
      until,
      ended: new Promise((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode))),
      type: async (text) => {
        for (const key of text) {
          pty.write(key);
          await until(key);
        }
      },
      submit: async (text) => {
        const again = setInterval(() => pty.write('\r'), 200);
        await until(text);
        clearInterval(again);
      },
    };
  }
});
