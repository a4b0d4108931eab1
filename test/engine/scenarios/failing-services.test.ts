import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireEngine } from '../engine.ts';
import { type DevctlResult, makeStack, type TestStack } from '../stack.ts';

const PORT = 28531;
const COMPOSE = `
services:
  command: {image: busybox, command: [/no/such/program]}
  crash: {image: busybox, init: true, command: sh -c 'echo opening the till; echo "no such till" >&2; exit 3'}
  memory: {image: busybox, command: tail /dev/zero, mem_limit: 16m}
  port: {image: busybox, command: sleep 3600, init: true, ports: ["127.0.0.1:${PORT}:80"]}
  check:
    image: busybox
    command: sleep 3600
    init: true
    healthcheck: {test: "echo the shelf is empty; exit 1", interval: 1s, timeout: 1s, retries: 1}
  waits: {image: busybox, command: sleep 3600, init: true, depends_on: {check: {condition: service_healthy}}}
  colours: {image: busybox, command: "sh -c 'printf \\"\\\\033[2J\\\\033]0;owned\\\\007boom\\\\n\\"; exit 4'"}
`;

interface Told {
  readonly service: string;
  readonly condition: string;
  readonly waitsFor: readonly { readonly service: string }[];
  readonly explanation: {
    readonly headline: string;
    readonly lastWords: readonly string[];
    readonly likely: string | null;
    readonly next: string | null;
    readonly facts: readonly { readonly label: string; readonly value: string }[];
  } | null;
}

describe.runIf(requireEngine())('devctl status explains what cannot start', () => {
  let stack: TestStack;
  let holder: Server;
  let status: DevctlResult;
  let up: DevctlResult;
  const told = (service: string): NonNullable<Told['explanation']> & { readonly condition: string } => {
    const found = services().find((one) => one.service === service);
    if (!found?.explanation) throw new Error(`${service} is not explained`);
    return { ...found.explanation, condition: found.condition };
  };
  const services = (): readonly Told[] => stack.devctl(['status', '--json']).json<{ services: Told[] }>().services;

  beforeAll(async () => {
    holder = createServer().listen(PORT, '127.0.0.1');
    await once(holder, 'listening');
    stack = makeStack('failtest', { 'compose.yaml': COMPOSE });
    for (const service of ['crash', 'colours', 'memory', 'port', 'command']) up = stack.devctl(['up', service]);
    stack.devctl(['up', 'waits']);
    status = stack.devctl(['status']);
  });
  afterAll(() => {
    holder.close();
    stack.cleanUp();
  });

  it('with exit code 4, and never with an escape sequence', () => {
    expect(status.code).toBe(4);
    expect(status.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(told('colours').lastWords).toEqual(['boom']);
  });

  it('up fails in the words that matter, and says what to type', () => {
    expect(up.code).toBe(1);
    expect(up.stderr).toContain('✖ exec: "/no/such/program": stat /no/such/program: no such file or directory\n');
    expect(up.stderr).toContain('→ devctl status explains each service.');
  });

  it('a command that is not in the image', () => {
    expect(told('command')).toMatchObject({
      condition: 'failed',
      headline: 'cannot start: exec: "/no/such/program": stat /no/such/program: no such file or directory',
      likely: 'the command /no/such/program is not in the image',
    });
  });

  it('an exit code and the last lines', () => {
    const { condition, headline, lastWords, next } = told('crash');
    expect(condition).toBe('failed');
    expect(headline).toMatch(/^exited 3, .+ ago$/);
    // One line goes to each stream, and the engine takes them in either order.
    expect(lastWords.toSorted()).toEqual(['no such till', 'opening the till']);
    expect(next).toBe('devctl logs crash');
  });

  it('memory', () => {
    expect(told('memory')).toMatchObject({ likely: 'it needs more memory than 16 MiB', next: 'raise the memory limit of memory' });
  });

  it('the process that holds the port', () => {
    const { likely, facts } = told('port');
    expect(likely).toContain(`port ${PORT} is taken by `);
    expect(likely).toContain(`(pid ${process.pid})`);
    expect(facts.find((fact) => fact.label === 'Port')?.value).toContain(`${PORT}/tcp is held by`);
  });

  it('the output of a failing check, and who waits for whom', () => {
    const check = told('check');
    expect(check.condition).toBe('unhealthy');
    expect(check.facts.map((fact) => fact.value).join('\n')).toContain('the shelf is empty');
    expect(check.facts.find((fact) => fact.label === 'Waited for by')?.value).toContain('waits');
    expect(services().find((one) => one.service === 'waits')).toMatchObject({ condition: 'waiting', waitsFor: [{ service: 'check' }] });
    expect(told('waits').likely).toContain('check: unhealthy');
  });

  it('an image that there is not: up says so, status says that nothing was made', () => {
    const missing = makeStack('failtest-image', { 'compose.yaml': 'services:\n  a: {image: "registry.invalid/none:1"}\n' });
    const failed = missing.devctl(['up']);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('Check the name of the image and that its registry can be reached.');
    expect(missing.devctl(['status']).text).toContain('Nothing runs. To start it: devctl up');
    missing.cleanUp();
  });
});
