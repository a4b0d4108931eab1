import { z } from 'zod';
import type { Action, Change } from '#actions/action.ts';
import type { Context } from '#actions/context.ts';
import { COMPOSE_LABEL, type ContainerState } from '#domain/container.ts';
import type { ComposeModel, Dependency, ServiceModel } from '#domain/model.ts';
import type { Plan } from '#domain/plan.ts';
import type { Profile } from '#domain/profile.ts';
import type { Risk } from '#domain/risk.ts';
import { explain } from '#session/explain.ts';
import type { LogLine } from '#session/logs.ts';
import { selectServices } from '#session/selectors.ts';
import type { Session, WatchWish } from '#session/session.ts';
import type { SessionState, StatsState } from '#session/state.ts';
import { type Clock, systemClock } from '#system/clock.ts';
import type { Stack } from '#tui/host.ts';

/** A session whose state tests set by hand. */
export interface FakeSession extends Session {
  set(change: Partial<SessionState>): void;
  log(service: string, ...texts: readonly string[]): void;
  readonly wishes: WatchWish[];
  readonly isStopped: boolean;
}

export interface FakeOptions {
  readonly profile?: Partial<Profile>;
  readonly state?: Partial<SessionState>;
  readonly clock?: Clock;
}

/** The shop of the design's sketches: two databases, an api, a worker that fails, a web that waits. */
export function fakeStack(options: FakeOptions = {}): Stack & { readonly session: FakeSession } {
  const clock = options.clock ?? systemClock;
  const session = fakeSession({ ...shopState(clock.now(), options.profile), ...options.state }, clock);
  const context = { edges: { clock, env: {} } } as unknown as Context;
  return { session, context };
}

function fakeSession(initial: SessionState, clock: Clock): FakeSession {
  let state = initial;
  let stopped = false;
  const lines: LogLine[] = [];
  const listeners = new Set<() => void>();
  const wishes: WatchWish[] = [];
  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    ready: Promise.resolve(),
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    logs: {
      tail: (services, count) => lines.filter((line) => services.length === 0 || services.includes(line.service)).slice(-count),
      dropped: () => ({}),
      get version() {
        return lines.length;
      },
    },
    flush: () => undefined,
    explain: (service) => {
      const view = selectServices(state).find((one) => one.name === service);
      const own = lines.filter((line) => line.service === service).map((line) => line.text);
      return view && explain(view, { state, lines: own, now: clock.now() });
    },
    watch: (wish) => void wishes.push(wish),
    probeNow: async () => undefined,
    reload: async () => undefined,
    checkDrift: async () => undefined,
    resync: async () => undefined,
    stop: async () => {
      stopped = true;
    },
    set: (change) => {
      state = { ...state, ...change };
      notify();
    },
    log: (service, ...texts) => {
      for (const text of texts) {
        lines.push({ id: lines.length + 1, service, containerId: service, stream: 'stdout', timeNano: `${clock.now()}000000`, text });
      }
      state = { ...state, logVersion: state.logVersion + 1 };
      notify();
    },
    wishes,
    get isStopped() {
      return stopped;
    },
  };
}

function shopState(now: number, profile: Partial<Profile> = {}): SessionState {
  const shop = shopProfile(profile);
  return {
    project: { name: 'shop', root: '/shop', config: '/shop/devctl.yaml', foundBy: 'devctl.yaml' },
    profile: shop,
    protection: shop.protection,
    profiles: [
      shopProfile(),
      shopProfile({ name: 'test', role: 'test', protection: 'open' }),
      shopProfile({ name: 'prod', role: 'prod', protection: 'protected' }),
    ],
    connection: { status: 'connected', engineVersion: '26.1.5', context: 'default', endpoint: 'unix:///var/run/docker.sock' },
    model: { status: 'ready', model: SHOP },
    containers: byId([
      container('postgres', now, { health: 'healthy' }),
      container('redis', now, { health: 'healthy' }),
      container('api', now, { health: 'healthy', ports: [{ hostIp: '127.0.0.1', hostPort: 3000, containerPort: 3000, protocol: 'tcp' }] }),
      container('worker', now, {
        status: 'exited',
        exitCode: 1,
        restartCount: 4,
        restartPolicy: 'on-failure',
        finishedAt: new Date(now - 125_000).toISOString(),
        command: ['node', 'dist/workers/index.js'],
      }),
      container('web', now, { status: 'created', startedAt: undefined }),
    ]),
    stats: { postgres: stats(0.4, 98e6, 512e6), redis: stats(0.1, 11e6, 0), api: stats(1.1, 140e6, 0) },
    probes: {
      api: {
        name: 'api',
        kind: 'http',
        status: 'healthy',
        latencyMs: 12,
        history: [11, 12, 14, 12, 30, 12],
        streak: 6,
        since: new Date(now).toISOString(),
        output: 'HTTP 200',
      },
      db: {
        name: 'db',
        kind: 'tcp',
        status: 'healthy',
        latencyMs: 1,
        history: [1, 1, 2, 1],
        streak: 4,
        since: new Date(now).toISOString(),
        output: 'connected',
      },
    },
    drift: {},
    foreign: undefined,
    unfinished: [],
    logVersion: 0,
    allServices: Object.keys(SHOP.services),
    stopRequested: {},
    portHolders: {},
  };
}

export function shopProfile(change: Partial<Profile> = {}): Profile {
  const compose = { files: ['/shop/compose.yaml', '/shop/compose.dev.yaml'], profiles: [], projectName: 'shop', projectDirectory: '/shop' };
  const probes = [
    {
      name: 'api',
      service: 'api',
      everySeconds: 10,
      timeoutSeconds: 3,
      expect: { status: 200 },
      degraded: undefined,
      kind: 'http' as const,
      url: 'http://localhost:3000/health',
    },
    {
      name: 'db',
      service: 'postgres',
      everySeconds: 10,
      timeoutSeconds: 3,
      expect: {},
      degraded: undefined,
      kind: 'tcp' as const,
      host: 'localhost',
      port: 5432,
    },
  ];
  return {
    name: 'dev',
    description: undefined,
    role: 'dev',
    protection: 'guarded',
    source: 'file',
    isDefault: true,
    compose,
    requires: [],
    env: { files: [], host: [], pass: [], template: undefined, required: [] },
    engine: { context: undefined, host: undefined },
    health: { deadlineSeconds: 120, probes },
    commands: {},
    hooks: { afterUp: undefined, beforeDown: undefined },
    origin: {},
    ...change,
  };
}

export function container(service: string, now: number, change: Partial<ContainerState> = {}): ContainerState {
  return {
    id: service,
    name: `shop-${service}-1`,
    project: 'shop',
    service,
    number: 1,
    oneOff: false,
    image: `shop/${service}:latest`,
    imageId: 'sha256:0',
    status: 'running',
    health: 'none',
    exitCode: null,
    oomKilled: false,
    restartCount: 0,
    error: '',
    startedAt: new Date(now - 7_400_000).toISOString(),
    finishedAt: undefined,
    createdAt: new Date(now - 425_000).toISOString(),
    ports: [],
    mounts: [],
    healthLog: [],
    failingStreak: 0,
    command: [],
    tty: false,
    restartPolicy: 'unless-stopped',
    labels: { [COMPOSE_LABEL.configHash]: 'x' },
    detailed: true,
    ...change,
  };
}

export function byId(containers: readonly ContainerState[]): SessionState['containers'] {
  return Object.fromEntries(containers.map((one) => [one.id, one]));
}

function stats(cpuPercent: number, memoryBytes: number, memoryLimitBytes: number): StatsState {
  return {
    cpuPercent,
    memoryBytes,
    memoryLimitBytes,
    networkReceivedBytes: 1_204_000,
    networkSentBytes: 480_000,
    blockReadBytes: 12_000_000,
    blockWrittenBytes: 3_400_000,
    processes: 7,
    cpuHistory: Array.from({ length: 40 }, (_, index) => cpuPercent * (1 + Math.sin(index / 3))),
    memoryHistory: Array.from({ length: 40 }, (_, index) => memoryBytes * (0.8 + index / 200)),
  };
}

export function service(name: string, change: Partial<ServiceModel> = {}): ServiceModel {
  return {
    name,
    image: `shop/${name}:latest`,
    builds: false,
    command: undefined,
    entrypoint: undefined,
    containerName: undefined,
    dependsOn: [],
    ports: [],
    mounts: [],
    environment: { NODE_ENV: 'development', DATABASE_URL: 'postgresql://app:secret@postgres:5432/app_dev', SESSION_SECRET: 'abc' },
    healthcheck: undefined,
    profiles: [],
    restart: 'unless-stopped',
    cpuLimit: undefined,
    memoryLimit: undefined,
    replicas: 1,
    provider: false,
    ...change,
  };
}

const healthcheck = { test: ['CMD', 'true'], interval: 5, timeout: 3, startPeriod: undefined, retries: 3 };
const after = (name: string, condition: Dependency['condition']): Dependency => ({ service: name, condition, required: true });

export const SHOP: ComposeModel = {
  name: 'shop',
  services: {
    postgres: service('postgres', {
      image: 'postgres:17-alpine',
      healthcheck,
      memoryLimit: 512e6,
      mounts: [{ kind: 'volume', source: 'pgdata', target: '/var/lib/postgresql/data', readOnly: false }],
    }),
    redis: service('redis', { image: 'redis:7-alpine', healthcheck }),
    api: service('api', {
      healthcheck,
      dependsOn: [after('postgres', 'service_healthy')],
      ports: [{ hostIp: '127.0.0.1', published: '3000', target: 3000, protocol: 'tcp' }],
    }),
    worker: service('worker', {
      command: ['node', 'dist/workers/index.js'],
      dependsOn: [after('postgres', 'service_healthy')],
      cpuLimit: 1,
      memoryLimit: 512e6,
    }),
    web: service('web', { dependsOn: [after('worker', 'service_healthy')] }),
  },
  volumes: { pgdata: { key: 'pgdata', name: 'shop_pgdata', external: false, driver: 'local', driverOptions: {}, labels: {} } },
  networks: {},
};

/** A plan of a fake change. */
export function fakePlan(change: Partial<Plan> & { readonly risk: Risk }): Plan {
  return {
    action: 'stack.down',
    title: 'Restart api',
    verb: 'Restart api',
    identity: {
      engineId: 'x',
      endpoint: 'unix:///x',
      context: 'default',
      projectName: 'shop',
      profile: 'dev',
      projectDirectory: '/shop',
      files: [],
      composeProfiles: [],
    },
    steps: [
      {
        id: 1,
        what: 'restart api',
        why: 'restart',
        after: [],
        risk: change.risk,
        effect: { kind: 'compose', argv: ['restart', 'api'] },
        onFailure: [],
      },
    ],
    reasons: [],
    losses: [],
    keeps: [],
    recovery: { how: undefined, detail: 'it comes back by itself' },
    safer: undefined,
    touchesData: false,
    commandLine: 'devctl restart api',
    ...change,
  };
}

/** What `down --volumes` of the shop would do. */
export const DELETE_VOLUMES: Plan = fakePlan({
  title: 'Delete 2 volumes of shop (dev)',
  verb: 'Delete 2 volumes',
  risk: 'irrecoverable',
  reasons: ['no checkpoint can be made yet: what is deleted is gone for good'],
  steps: [
    {
      id: 1,
      what: 'stop and remove containers and networks',
      why: 'down',
      after: [],
      risk: 'interrupts',
      effect: { kind: 'compose', argv: ['down'] },
      onFailure: [],
    },
    {
      id: 2,
      what: 'remove volume shop_pgdata',
      why: '--volumes',
      after: [1],
      risk: 'irrecoverable',
      effect: { kind: 'remove-volume', volume: 'shop_pgdata' },
      onFailure: [],
    },
    {
      id: 3,
      what: 'remove volume shop_uploads',
      why: '--volumes',
      after: [1],
      risk: 'irrecoverable',
      effect: { kind: 'remove-volume', volume: 'shop_uploads' },
      onFailure: [],
    },
  ],
  losses: [
    { kind: 'volume', name: 'shop_pgdata', bytes: 412e6, detail: '412 MB · PostgreSQL · used by postgres, pgbackup · made 2026-11-02' },
    { kind: 'volume', name: 'shop_uploads', bytes: 1.2e9, detail: '1.2 GB · used by api, web · made 2026-11-02' },
  ],
  keeps: [
    { kind: 'volume', name: 'shop_caddy', why: 'external' },
    { kind: 'bind', name: './data', why: 'bind mount' },
  ],
  recovery: { how: undefined, detail: 'cannot be undone: this version makes no checkpoints yet' },
  safer: 'devctl down',
  touchesData: true,
  commandLine: 'devctl down --volumes',
});

const options = z.object({ services: z.array(z.string()).default([]) });

function change(id: string, title: string, risk: Risk, key?: string): Change<unknown> {
  const name = id.split('.')[1] ?? '';
  return {
    kind: 'change',
    id,
    command: name,
    title,
    summary: title,
    examples: [],
    ...(key ? { key: { scope: 'stack', key, selection: true } } : {}),
    options,
    unavailable: () => undefined,
    plan: async (_context, wish) =>
      fakePlan({
        action: id,
        risk,
        title: `${title} ${(wish as { services: string[] }).services.join(', ')}`.trim(),
        verb: title,
        commandLine: `devctl ${name}`,
      }),
    done: () => `${title}: done`,
  } as Change<unknown>;
}

export const FAKE_ACTIONS: readonly Action[] = [
  change('stack.up', 'Start', 'none', 'u'),
  change('stack.restart', 'Restart', 'interrupts', 'r'),
  change('stack.rebuild', 'Rebuild', 'recreates', 'b'),
  change('stack.stop', 'Stop', 'interrupts'),
  { ...change('stack.shell', 'Open a shell', 'none', 's'), innerExitCode: true, options: z.object({ service: z.string() }) } as Action,
  {
    ...change('stack.down', 'Take the stack down', 'interrupts'),
    options: z.object({ volumes: z.boolean().default(false) }),
    plan: async (_context: Context, wish: unknown) =>
      (wish as { volumes: boolean }).volumes
        ? DELETE_VOLUMES
        : fakePlan({ title: 'Take down shop (dev)', verb: 'Take it down', risk: 'interrupts', commandLine: 'devctl down' }),
  } as Action,
];
