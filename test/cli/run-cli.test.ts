import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import type { Action, ActionEntry } from '#actions/action.ts';
import type { Context, Edges } from '#actions/context.ts';
import { createGate } from '#actions/gate.ts';
import type { ContextRequest, Program } from '#cli/face.ts';
import { runCli } from '#cli/run-cli.ts';
import type { Streams } from '#cli/streams.ts';
import { DevctlError, type ErrorKind } from '#domain/error.ts';
import { manualClock } from '../fakes/manual-clock.ts';
import { closingOutput, type FakeStreams, fakeStreams } from '../fakes/streams.ts';

const declaration = { title: 'Test', summary: 'a test', examples: ['devctl test'], unavailable: () => undefined };

const query: Action = {
  ...declaration,
  kind: 'query',
  id: 'stack.test',
  command: 'test',
  options: z.object({ word: z.string().optional().meta({ positional: true }), fail: z.string().optional() }),
  read: async (_context, wish) => {
    const { word, fail } = wish as { word?: string; fail?: ErrorKind };
    if (fail) throw new DevctlError(fail, `it failed: ${fail}`, { hint: 'try again' });
    return word ?? 'nothing';
  },
  document: (word) => ({ schema: 1, word }),
  lines: (word, paint) => [`the word is ${paint.strong(String(word))}`],
  exitCode: (word) => (word === 'four' ? 4 : 0),
};

const counting: Action = {
  ...declaration,
  kind: 'stream',
  id: 'stack.count',
  command: 'count',
  options: z.object({}),
  follow: async (_context, _wish, emit, signal) => {
    for (let count = 1; count <= 5000 && !signal.aborted; count++) {
      emit(count);
      if (count % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  },
  document: (count) => ({ schema: 1, count }),
  line: (count) => (count === 3 ? undefined : `count ${count}`),
};

const hanging: Action = { ...query, kind: 'query', id: 'stack.hang', command: 'hang', read: () => new Promise(() => undefined) } as Action;

const inner: Action = {
  ...declaration,
  kind: 'change',
  id: 'stack.exec',
  command: 'exec',
  options: z.object({}),
  innerExitCode: true,
  plan: async () => {
    throw new Error('not reached');
  },
  done: () => '',
};

const entries: readonly ActionEntry[] = [query, counting, hanging, inner].map((action) => ({
  id: action.id,
  command: action.command,
  load: async () => action,
}));
// Without a command it is the status that runs.
const withStatus: readonly ActionEntry[] = [
  ...entries,
  { id: 'stack.status', command: 'status', load: async () => ({ ...query, command: 'status' }) },
];

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly requests: readonly ContextRequest[];
}

async function run(
  line: string,
  how: { readonly streams?: FakeStreams; readonly env?: Readonly<Record<string, string>>; readonly interrupted?: AbortSignal } = {},
): Promise<Run> {
  const streams = how.streams ?? fakeStreams();
  const requests: ContextRequest[] = [];
  const code = await runCli(line === '' ? [] : line.split(' '), program(streams, { ...how, requests }));
  return { code, out: streams.out(), err: streams.err(), requests };
}

function program(
  streams: Streams,
  how: { readonly env?: Readonly<Record<string, string>>; readonly interrupted?: AbortSignal; readonly requests?: ContextRequest[] } = {},
): Program {
  const context = { state: async () => Promise.reject(new DevctlError('environment', 'no engine')) } as unknown as Context;
  return {
    edges: { env: how.env ?? {}, clock: manualClock(), version: '1.2.3', isTerminal: false } as unknown as Edges,
    streams,
    gate: createGate(),
    interrupted: how.interrupted ?? new AbortController().signal,
    openContext: (request) => {
      how.requests?.push(request);
      return context;
    },
    actions: withStatus,
  };
}

describe('a query', () => {
  it('prints lines for people', async () => {
    expect(await run('test hello')).toMatchObject({ code: 0, out: 'the word is hello\n', err: '' });
  });

  it('prints one JSON document on one line into a pipe, indented on a terminal', async () => {
    expect((await run('test hello --json')).out).toBe('{"schema":1,"word":"hello"}\n');
    expect((await run('test hello --json', { streams: fakeStreams({ stdout: true }) })).out).toBe(
      '{\n  "schema": 1,\n  "word": "hello"\n}\n',
    );
  });

  it('has the exit code of its result', async () => {
    expect((await run('test four')).code).toBe(4);
  });

  it('paints on a terminal, unless --plain or NO_COLOR say no', async () => {
    const terminal = () => fakeStreams({ stdout: true });
    const env = { TERM: 'xterm' };
    expect((await run('test x', { streams: terminal(), env })).out).toContain('\u001b[1mx');
    expect((await run('test x --plain', { streams: terminal(), env })).out).toBe('the word is x\n');
    expect((await run('test x', { streams: terminal(), env: { ...env, NO_COLOR: '1' } })).out).toBe('the word is x\n');
    expect((await run('test x', { env: { FORCE_COLOR: '1' } })).out).toContain('\u001b[1mx');
  });

  it('lets no text steer the terminal', async () => {
    expect((await run('test a\u001b[2Jb\u001b]0;x\u0007c')).out).toBe('the word is abc\n');
    const streams = fakeStreams({ stdout: true });
    expect((await run('test a\u001b[2J\u001b[31mb', { streams, env: { TERM: 'xterm' } })).out).toBe(
      'the word is \u001b[1ma\u001b[31mb\u001b[0m\n',
    );
  });

  it('hands the root options on', async () => {
    expect((await run('-p prod -C /x test')).requests).toEqual([{ profile: 'prod', directory: '/x', atTerminal: false }]);
    const streams = fakeStreams({ stdin: true, stderr: true });
    expect((await run('test', { streams })).requests).toEqual([{ profile: undefined, directory: undefined, atTerminal: true }]);
    expect((await run('test --no-input', { streams })).requests).toMatchObject([{ atTerminal: false }]);
  });

  it('is left at once when it hangs and is interrupted', async () => {
    const interrupted = new AbortController();
    const running = run('hang', { interrupted: interrupted.signal });
    interrupted.abort(143);
    expect(await running).toMatchObject({ code: 143, out: '', err: '' });
  });
});

describe('a stream', () => {
  it('prints a line an item, and nothing for items that have none', async () => {
    const { out } = await run('count');
    expect(out.split('\n').slice(0, 4)).toEqual(['count 1', 'count 2', 'count 4', 'count 5']);
  });

  it('prints JSON lines', async () => {
    const { out } = await run('count --json');
    expect(out.split('\n').slice(2, 4)).toEqual(['{"schema":1,"count":3}', '{"schema":1,"count":4}']);
  });

  it('ends quietly when nobody reads any more', async () => {
    const { stream, text } = closingOutput(100);
    const streams = { ...fakeStreams(), stdout: stream };
    const code = await runCli(['count'], program(streams));
    expect(code).toBe(0);
    expect(text().length).toBeLessThan(2000);
  });

  it('is 130 when it is interrupted', async () => {
    const interrupted = new AbortController();
    const running = run('count', { interrupted: interrupted.signal });
    setImmediate(() => interrupted.abort(130));
    expect((await running).code).toBe(130);
  });
});

describe('errors', () => {
  it.each([
    ['usage', 2],
    ['environment', 5],
    ['external', 1],
    ['refused', 3],
    ['unhealthy', 4],
    ['cancelled', 130],
    ['bug', 1],
  ] as const)('%s is exit code %i', async (kind, code) => {
    expect(await run(`test --fail ${kind}`)).toMatchObject({ code });
  });

  it('go to standard error, and to standard output as JSON', async () => {
    expect(await run('test --fail external')).toMatchObject({ out: '', err: '✖ it failed: external\n  → try again\n' });
    const { out, err } = await run('test --fail external --json');
    expect(JSON.parse(out)).toEqual({ schema: 1, error: { kind: 'external', message: 'it failed: external', hint: 'try again' } });
    expect(err).toContain('it failed');
  });

  it('tell a pipeline how a refusal would pass, and a person at a terminal in words only', async () => {
    expect(JSON.parse((await run('test --fail refused')).out)).toMatchObject({ error: { kind: 'refused' } });
    expect((await run('test --fail refused', { streams: fakeStreams({ stdin: true, stderr: true }) })).out).toBe('');
  });

  it('are 125 around a program in a container', async () => {
    expect(await run('exec')).toMatchObject({ code: 125 });
    expect(await run('exec --nosuch')).toMatchObject({ code: 125 });
  });

  it('of an unknown command are usage', async () => {
    expect(await run('tset')).toMatchObject({ code: 2, err: '✖ devctl has no command "tset".\n  → Did you mean: devctl test\n' });
    expect(JSON.parse((await run('--json tset')).out)).toMatchObject({ error: { kind: 'usage' } });
  });
});

describe('help and version', () => {
  it('lists all commands by group', async () => {
    const { out, code } = await run('help');
    expect(code).toBe(0);
    expect(out).toMatch(/Stack:\n {2}test {4}a test\n/);
    expect(out).not.toContain('Ship:');
  });

  it('shows one command', async () => {
    expect((await run('help test')).out).toBe((await run('test --help')).out);
    expect((await run('help test')).out).toContain('Examples:\n  devctl test\n');
    expect((await run('help nosuch')).code).toBe(2);
  });

  it('tells its version', async () => {
    expect(await run('--version')).toMatchObject({ code: 0, out: 'devctl 1.2.3\n' });
  });
});

describe('without a command', () => {
  it('is the status', async () => {
    expect(await run('')).toMatchObject({ out: 'the word is nothing\n' });
    expect((await run('-p prod --json')).out).toBe('{"schema":1,"word":"nothing"}\n');
  });

  it('is the terminal UI where there is one', async () => {
    const openUi = vi.fn(async () => 7);
    expect(await runCli([], { ...program(fakeStreams()), openUi })).toBe(7);
  });
});
