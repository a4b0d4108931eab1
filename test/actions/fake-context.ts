import type { Context, Edges } from '#actions/context.ts';
import { createContext } from '#actions/create-context.ts';
import type { ComposeModel } from '#domain/model.ts';
import type { Profile, ProfileOrError } from '#domain/profile.ts';
import type { Clock } from '#system/clock.ts';
import type { Network } from '#system/network.ts';
import type { ProcessRequest } from '#system/processes.ts';
import { fakeClock } from '../fakes/clock.ts';
import { type FakeCompose, fakeCompose } from '../fakes/compose.ts';
import { type FakeEngine, fakeEngine } from '../fakes/engine.ts';
import { memoryFiles } from '../fakes/files.ts';
import { freeLocks } from '../fakes/locks.ts';
import { aModel, aProfile, shop } from '../session/builders.ts';

/** A context of profile dev of project shop, whose outside world the test changes. */
export interface FakeContext extends Context {
  readonly fakeEngine: FakeEngine;
  readonly fakeCompose: FakeCompose;
  readonly files: ReturnType<typeof memoryFiles>;
  /** Programs that were run. */
  readonly ran: ProcessRequest[];
}

export interface FakeWorld {
  readonly model?: ComposeModel;
  readonly containers?: Parameters<typeof fakeEngine>[0];
  readonly profile?: Profile;
  readonly profiles?: readonly ProfileOrError[];
  readonly network?: Partial<Network>;
  readonly clock?: Clock;
  readonly isTerminal?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export function fakeContext(world: FakeWorld = {}): FakeContext {
  const engine = fakeEngine(world.containers);
  const compose = fakeCompose(world.model ?? aModel());
  compose.cached = world.model;
  const files = memoryFiles();
  const ran: ProcessRequest[] = [];
  const profile = world.profile ?? aProfile();
  const edges: Edges = {
    version: '1.2.3',
    processes: {
      run: async (request) => {
        ran.push(request);
        return { exitCode: 0, signal: undefined, stdout: '', stderr: '', killed: false, notFound: false, durationMs: 1 };
      },
      startTicks: async () => '1',
      end: async () => undefined,
    },
    files,
    clock: world.clock ?? fakeClock(),
    network: { http: async () => ({ error: 'refused', ms: 1 }), tcp: async () => ({ error: 'refused' }), ...world.network },
    locks: freeLocks,
    locations: { data: '/data', state: '/state', config: '/config', cache: '/cache' },
    env: world.env ?? {},
    cwd: '/shop',
    isTerminal: world.isTerminal ?? false,
    engineFor: async () => engine,
    composeFor: async () => compose,
  };
  const context = createContext({
    edges,
    load: async () => ({ project: shop, profiles: world.profiles ?? [{ profile }], defaultName: profile.name, notes: [] }),
    select: async () => profile,
  });
  return { ...context, fakeEngine: engine, fakeCompose: compose, files, ran };
}
