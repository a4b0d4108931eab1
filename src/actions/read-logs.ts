import type { Engine } from '#docker/engine.ts';
import type { ContainerState } from '#domain/container.ts';
import { nanosecondsOf } from '#session/log-store.ts';
import type { LogLine } from '#session/logs.ts';
import type { LogRange } from './logs.ts';

/** The lines of some containers that are there now, oldest first, merged by time. `replicas` are detailed. */
export async function readLogs(
  engine: Engine,
  replicas: readonly ContainerState[],
  range: LogRange,
  signal: AbortSignal,
): Promise<readonly LogLine[]> {
  let lastId = 0;
  const perContainer = await Promise.all(
    replicas.map(async ({ id, service, tty }) => {
      const lines: LogLine[] = [];
      await engine.logs(
        id,
        {
          ...range,
          follow: false,
          tty,
          onLine: ({ stream, time, text }) =>
            void lines.push({ id: ++lastId, service, containerId: id, stream, timeNano: nanosecondsOf(time), text }),
        },
        signal,
      );
      return lines;
    }),
  );
  // Sorting is stable: lines of one instant stay in the order in which their container wrote them.
  return perContainer.flat().sort((a, b) => (a.timeNano < b.timeNano ? -1 : a.timeNano > b.timeNano ? 1 : 0));
}
