import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireEngine } from '../engine.ts';
import { makeStack, type TestStack } from '../stack.ts';

/** Does not end on SIGTERM, so that stopping it takes the grace period. */
const COMPOSE = `
services:
  stubborn:
    image: busybox
    command: sh -c 'trap "" TERM; echo ready; while true; do sleep 0.2; done'
    stop_grace_period: 20s
    healthcheck: {test: "false", interval: 1s, retries: 100, start_period: 100s}
`;

describe.runIf(requireEngine())('interrupted', () => {
  let stack: TestStack;

  beforeEach(() => {
    stack = makeStack('int-test', { 'compose.yaml': COMPOSE });
  });
  afterEach(() => stack.cleanUp());

  function outcomes(): readonly (string | null)[] {
    const { entries } = stack.devctl(['journal', '--json']).json<{ entries: { outcome: string | null }[] }>();
    return entries.map((entry) => entry.outcome);
  }

  function composeChildren(): string {
    return spawnSync('pgrep', ['-f', 'project-name int-test'], { encoding: 'utf8' }).stdout;
  }

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 143],
  ] as const)('up by %s: exit %i, the journal is closed, the stack goes on', async (signal, code) => {
    const up = stack.start(['up', '--wait']);
    await up.untilPrints('wait until everything is up');
    up.kill(signal);
    expect(await up.ended).toBe(code);
    expect(up.text()).toContain('Waiting was interrupted; the stack goes on starting.');
    expect(up.text()).not.toMatch(/^\s+at /m);
    expect(outcomes()).toEqual(['cancelled']);
    expect(stack.containers()).toEqual(['int-test-stubborn-1']);
  });

  it('down while compose stops a service: its child ends too, and the next command works', async () => {
    stack.devctl(['up']);
    const down = stack.start(['down']);
    await down.untilPrints('[1/2]');
    while (composeChildren() === '') await new Promise((resolve) => setTimeout(resolve, 20));
    down.kill('SIGINT');
    down.kill('SIGINT');
    expect(await down.ended).toBe(130);
    expect(composeChildren()).toBe('');
    expect(outcomes()[0]).toBe('cancelled');
    stack.docker('kill', 'int-test-stubborn-1');
    expect(stack.devctl(['down']).code).toBe(0);
    expect(stack.containers()).toEqual([]);
  });

  it.each([['logs', '--follow'], ['stats']])('%s %s ends by Ctrl-C with 130', async (...args) => {
    stack.devctl(['up']);
    const stream = stack.start(args);
    await stream.untilPrints('stubborn');
    stream.kill('SIGINT');
    expect(await stream.ended).toBe(130);
  });

  it('a reader that goes away is no error, a full disk is one', () => {
    const shell = (line: string): number | null =>
      spawnSync('/bin/bash', ['-c', `set -o pipefail; ${line}`], {
        cwd: stack.directory,
        env: { ...process.env, DEVCTL: new URL('../../../bin/devctl', import.meta.url).pathname, HOME: stack.directory },
      }).status;
    const devctl = `"${process.execPath}" --no-warnings "$DEVCTL"`;
    expect(shell(`${devctl} config | head -1`)).toBe(0);
    expect(shell(`${devctl} ps >&-`)).toBe(0);
    expect(shell(`${devctl} ps > /dev/full`)).toBe(1);
  });
});
