import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireEngine } from '../engine.ts';
import { makeStack, type TestStack } from '../stack.ts';

const COMPOSE = `
services:
  store:
    image: busybox
    command: sh -c 'echo precious >> /data/file; sleep 3600'
    stop_signal: SIGKILL
    volumes: [data:/data]
  front:
    image: busybox
    command: sleep 3600
    stop_signal: SIGKILL
    depends_on: [store]
volumes:
  data:
`;

/** begin · step begin · child · step done · … · end, as each command writes them. */
const COMMANDS = [
  { args: ['up'], lines: 5 },
  { args: ['down'], lines: 7 },
  { args: ['restart', 'store'], lines: 5 },
  { args: ['stop'], lines: 5 },
];

const all = COMMANDS.flatMap(({ args, lines }) =>
  Array.from({ length: lines }, (_, index) => index + 1).flatMap((at) => [
    { args, at, lines, when: 'before' as const },
    { args, at, lines, when: 'after' as const },
  ]),
);
const sample = process.env.DEVCTL_SOAK ? all : all.filter((_, index) => index % 7 === 3);

describe.runIf(requireEngine())('killed with -9', () => {
  let stack: TestStack;

  beforeEach(() => {
    stack = makeStack('killedtest', { 'compose.yaml': COMPOSE });
    expect(stack.devctl(['up', '--wait']).code).toBe(0);
  });

  afterEach(() => stack.cleanUp());

  it.each(sample)('in $args $when line $at of its journal: the next command explains it and works', ({ args, at, when, lines }) => {
    const killed = stack.devctl(args, { kill: { at, when } });
    expect(killed.signal).toBe('SIGKILL');
    const next = stack.devctl(['up', '--wait']);
    expect(next.code, next.text).toBe(0);
    const wasOpen = (at > 1 || when === 'after') && !(at === lines && when === 'after');
    expect(next.text.includes('was cut off')).toBe(wasOpen);
    expect(stack.containers()).toEqual(['killedtest-front-1', 'killedtest-store-1']);
    expect(stack.docker('exec', 'killedtest-store-1', 'head', '-n1', '/data/file')).toBe('precious');
    const { entries } = stack.devctl(['journal', '--json']).json<{ entries: { outcome: string | null }[] }>();
    expect(entries.every((entry) => entry.outcome !== null)).toBe(true);
    expect(stack.devctl(['journal', 'verify']).code).toBe(0);
  });
});
