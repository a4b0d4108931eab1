import type { Engine } from '#docker/engine.ts';
import { neutralise } from '#domain/text.ts';
import type { Readiness } from './wait-for-services.ts';

/** One line per service that is not up, each followed by the last lines of its log, indented; for errors. */
export async function describeCulprits(
  engine: Engine,
  project: string,
  readiness: readonly Readiness[],
  lines: number,
): Promise<readonly string[]> {
  const culprits = readiness.filter((one) => one.state !== 'ready');
  const told = await Promise.all(
    culprits.map(async (one) => [
      `${one.service}: ${one.detail}`,
      ...(await lastLines(engine, project, one.service, lines)).map((line) => `  ${line}`),
    ]),
  );
  return told.flat();
}

/** The newest lines of a service's containers, neutralised, oldest first. */
export async function lastLines(engine: Engine, project: string, service: string, count: number): Promise<readonly string[]> {
  const containers = (await engine.containers(project)).filter((one) => one.service === service && !one.oneOff);
  const texts: string[] = [];
  for (const container of containers) {
    const tty = (await engine.container(container.id))?.tty ?? false;
    const onLine = (line: { text: string }): void => void texts.push(neutralise(line.text));
    await engine.logs(
      container.id,
      { follow: false, tail: count, since: undefined, until: undefined, tty, onLine },
      new AbortController().signal,
    );
  }
  return texts.slice(-count);
}
