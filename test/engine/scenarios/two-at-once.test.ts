import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireEngine } from '../engine.ts';
import { makeStack, type TestStack } from '../stack.ts';

const COMPOSE = `
services:
  slow:
    image: busybox
    command: sleep 3600
    init: true
    stop_signal: SIGKILL
    healthcheck: {test: "false", interval: 1s, retries: 100, start_period: 100s}
`;

describe.runIf(requireEngine())('two devctls at once', () => {
  let stack: TestStack;

  beforeEach(() => {
    stack = makeStack('tao-test', { 'compose.yaml': COMPOSE });
  });
  afterEach(() => stack.cleanUp());

  it('the second says who holds the stack, and changes nothing; who only reads never waits', async () => {
    const first = stack.start(['up', '--wait', '--timeout', '60s']);
    await first.untilPrints('wait until everything is up');
    const second = stack.devctl(['stop']);
    expect(second.code).toBe(1);
    expect(second.text).toContain(`Another devctl is changing this stack (process ${first.pid}: Start tao-test (dev), since `);
    expect(second.text).toContain('repeat the command');
    expect(stack.docker('inspect', '--format', '{{.State.Status}}', 'tao-test-slow-1')).toBe('running');
    expect(stack.devctl(['ps', '--json']).json<{ services: { state: string }[] }>().services[0]).toMatchObject({ state: 'running' });
    expect(stack.devctl(['journal']).code).toBe(0);
    first.kill('SIGINT');
    expect(await first.ended).toBe(130);
    expect(stack.devctl(['down']).code).toBe(0);
  });

  it('the lock of one that was killed with -9 is free', async () => {
    const first = stack.start(['up', '--wait']);
    await first.untilPrints('wait until everything is up');
    first.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');
    const next = stack.devctl(['down']);
    expect(next.code).toBe(0);
    expect(next.text).toContain('was cut off');
  });
});
