import Dockerode from 'dockerode';

/** Changes containers of one project through the Engine API, and hears when the engine says that it happened. */
export interface EngineEvents {
  /** Milliseconds since 1970, with fractions, of the next such event of a service. */
  next(service: string, action: string): Promise<number>;
  change(service: string, verb: 'pause' | 'unpause' | 'kill' | 'start'): Promise<void>;
  close(): void;
}

/** The fields of an event that are read. */
interface Told {
  readonly Action: string;
  readonly timeNano: number;
  readonly Actor: { readonly Attributes: Readonly<Record<string, string>> };
}

/** Resolves once the engine listens. */
export async function openEngineEvents(project: string): Promise<EngineEvents> {
  const docker = new Dockerode();
  const filters = { type: ['container'], label: [`${PROJECT}=${project}`] };
  const stream = (await docker.getEvents({ filters: JSON.stringify(filters) })) as NodeJS.ReadableStream & { destroy(): void };
  const ids = new Map<string, string>();
  for (const { Id, Labels } of await docker.listContainers({ all: true, filters: JSON.stringify({ label: filters.label }) }))
    ids.set(Labels[SERVICE] ?? '', Id);
  const waiting = new Map<string, (at: number) => void>();
  const hear = ({ Action, timeNano, Actor }: Told): void => {
    const key = `${Actor.Attributes[SERVICE]} ${Action}`;
    waiting.get(key)?.(timeNano / 1e6);
    waiting.delete(key);
  };
  readLines(stream, (line) => hear(JSON.parse(line) as Told));
  return {
    next: (service, action) => new Promise((resolve) => waiting.set(`${service} ${action}`, resolve)),
    change: async (service, verb) => {
      await docker.getContainer(ids.get(service) ?? service)[verb]();
    },
    close: () => stream.destroy(),
  };
}

const PROJECT = 'com.docker.compose.project';
const SERVICE = 'com.docker.compose.service';

function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') onLine(line);
  });
}
