import { describe, expect, test } from 'vitest';
import { requireEngine, startScratchEngine } from '../engine/engine.ts';
import { makeStack } from '../engine/stack.ts';
import { openShell, START } from './shell.ts';

const COMPOSE = `
services:
  store:
    image: busybox
    init: true
    restart: always
    command: sleep infinity
`;

describe.skipIf(!requireEngine())('when the engine stops', () => {
  test('the UI says so, goes on, and is back with it', async () => {
    const engine = await startScratchEngine();
    const env = { DOCKER_HOST: engine.host };
    const stack = makeStack('tuidaemon', { 'compose.yaml': COMPOSE }, env);
    const shell = openShell(stack, { env });
    try {
      await engine.load(['busybox']);
      expect(stack.devctl(['up']).code).toBe(0);
      await shell.see('ready$');
      shell.press(`${START}; echo code-$?\r`);
      await shell.see(/store +○ running/);
      await engine.kill();
      await shell.see('Connection lost');
      expect(shell.text()).toContain('store');
      await engine.resume();
      await shell.gone('Connection lost', 60_000);
      await shell.see(/store +○ running/);
      shell.press('q');
      await shell.see('code-0');
    } finally {
      shell.close();
      await engine.stop();
    }
  });
});
