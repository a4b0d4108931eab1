import type { Engine, EngineEvent, EventFeed, LogOptions, LogRecord, StatsSample } from '#docker/engine.ts';
import type { ContainerState } from '#domain/container.ts';

/** An engine in memory, whose world the test changes by hand. */
export interface FakeEngine extends Engine {
  /** What lies on the engine, by id. */
  readonly world: Map<string, ContainerState>;
  /** What was asked, oldest first: `containers`, `container <id>`, `stats <id>`, `logs <id> since=…`, `probe <id> <argv>`. */
  readonly asked: string[];
  connect(): void;
  disconnect(message?: string): void;
  emit(event: ContainerEventDraft): void;
  emitNetwork(action: string, container: string): void;
  /** Writes a line to a container's log, at a time of its own or the next nanosecond. */
  write(id: string, text: string, timeNano?: bigint): void;
  /** Ends every open log of this container, as a stop does. */
  endLogs(id: string): void;
  /** What `probe` answers. */
  answer: { exitCode: number; output: string };
  /** Sample for the next `stats`, per container. */
  readonly samples: Map<string, StatsSample>;
  /** Set: every question fails with it. */
  failure: Error | undefined;
  /** Number of logs that are open. */
  openLogs(): number;
}

export interface ContainerEventDraft {
  readonly action: Extract<EngineEvent, { kind: 'container' }>['action'];
  readonly id: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

interface OpenLog {
  readonly id: string;
  readonly onLine: (line: LogRecord) => void;
  readonly end: () => void;
}

const notPlayed = async (): Promise<never> => {
  throw new Error('the fake engine changes nothing');
};

export function fakeEngine(containers: readonly ContainerState[] = []): FakeEngine {
  const feeds: EventFeed[] = [];
  const open = new Set<OpenLog>();
  const lines = new Map<string, { readonly nano: bigint; readonly record: LogRecord }[]>();
  let clockNano = 1_763_640_000_000_000_000n;

  function ask(question: string): void {
    engine.asked.push(question);
    if (engine.failure) throw engine.failure;
  }

  async function logs(id: string, options: LogOptions, signal: AbortSignal): Promise<void> {
    ask(`logs ${id} tail=${options.tail} since=${options.since}`);
    const since = options.since === undefined ? 0n : BigInt(options.since.replace('.', ''));
    const past = (lines.get(id) ?? []).filter((line) => line.nano >= since);
    for (const line of options.tail === undefined ? past : past.slice(-options.tail)) options.onLine(line.record);
    if (!options.follow || engine.world.get(id)?.status !== 'running') return;
    await new Promise<void>((resolve) => {
      const one: OpenLog = { id, onLine: options.onLine, end };
      function end(): void {
        open.delete(one);
        resolve();
      }
      open.add(one);
      signal.addEventListener('abort', end, { once: true });
    });
  }

  const engine: FakeEngine = {
    endpoint: { context: 'default', host: 'unix:///var/run/docker.sock', decidedBy: 'default', remote: false },
    world: new Map(containers.map((one) => [one.id, one])),
    asked: [],
    answer: { exitCode: 0, output: '' },
    samples: new Map(),
    failure: undefined,
    identity: async () => {
      ask('identity');
      return { id: 'engine-1', endpoint: 'unix:///var/run/docker.sock', context: 'default', remote: false, version: '26.1.5' };
    },
    containers: async () => {
      ask('containers');
      return [...engine.world.values()].map((one) => ({ ...one, detailed: false, healthLog: [], error: '', restartPolicy: '' }));
    },
    container: async (id) => {
      ask(`container ${id}`);
      return engine.world.get(id);
    },
    volumes: async () => [],
    volume: async () => undefined,
    networks: async () => [],
    imageId: async () => 'sha256:1',
    follow: (feed, signal) => {
      feeds.push(feed);
      signal.addEventListener('abort', () => feeds.splice(feeds.indexOf(feed), 1), { once: true });
    },
    stats: async (id) => {
      ask(`stats ${id}`);
      return engine.samples.get(id);
    },
    logs,
    probe: async (id, argv) => {
      ask(`probe ${id} ${argv.join(' ')}`);
      return engine.answer;
    },
    createHolder: notPlayed,
    holders: async () => [],
    removeContainer: notPlayed,
    stopContainer: notPlayed,
    removeVolume: notPlayed,
    close: () => undefined,
    connect: () => {
      for (const feed of feeds) feed.onConnected();
    },
    disconnect: (message = 'connect ENOENT /var/run/docker.sock') => {
      for (const feed of feeds) feed.onDisconnected(new Error(message));
    },
    emit: ({ action, id, attributes = {} }) => {
      const { service = '', name = '' } = engine.world.get(id) ?? {};
      clockNano += 1n;
      for (const feed of feeds) feed.onEvent({ kind: 'container', action, id, service, name, attributes, timeNano: String(clockNano) });
    },
    emitNetwork: (action, container) => {
      for (const feed of feeds) feed.onEvent({ kind: 'network', action, name: 'shop_default', container, timeNano: String(clockNano) });
    },
    write: (id, text, timeNano) => {
      clockNano = timeNano ?? clockNano + 1n;
      const record: LogRecord = { stream: 'stdout', time: rfc3339(clockNano), text };
      lines.set(id, [...(lines.get(id) ?? []), { nano: clockNano, record }]);
      for (const one of open) if (one.id === id) one.onLine(record);
    },
    endLogs: (id) => {
      for (const one of [...open]) if (one.id === id) one.end();
    },
    openLogs: () => open.size,
  };
  return engine;
}

/** Nanoseconds since 1970 as the engine writes them. */
function rfc3339(nano: bigint): string {
  const second = new Date(Number(nano / 1_000_000n)).toISOString().slice(0, 19);
  return `${second}.${String(nano % 1_000_000_000n).padStart(9, '0')}Z`;
}
