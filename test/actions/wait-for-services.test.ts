import { describe, expect, it } from 'vitest';
import { waitForServices } from '#actions/wait-for-services.ts';
import type { Engine } from '#docker/engine.ts';
import type { ContainerState } from '#domain/container.ts';
import { fakeClock } from '../fakes/clock.ts';
import { aContainer, aModel, anExited, aService, dependsOn } from '../session/builders.ts';

/** An engine that shows one list of containers after the other, and stays at the last. */
function showing(...frames: readonly (readonly ContainerState[])[]): Engine {
  let at = -1;
  const now = (): readonly ContainerState[] => frames[Math.min(at, frames.length - 1)] ?? [];
  return {
    containers: async () => {
      at++;
      return now();
    },
    container: async (id: string) => now().find((one) => one.id === id),
  } as unknown as Engine;
}

const model = aModel(
  aService('api'),
  aService('db', { healthcheck: { test: ['CMD', 'x'], interval: 1, timeout: 1, startPeriod: 0, retries: 3 } }),
);

async function wait(engine: Engine, services = ['api'], stack = model): Promise<Record<string, string>> {
  const readiness = await waitForServices({ engine, model: stack, services, deadlineSeconds: 30, clock: fakeClock() });
  return Object.fromEntries(readiness.map((one) => [one.service, `${one.state}: ${one.detail}`]));
}

describe('waiting', () => {
  const justStarted = aContainer('api', { startedAt: '2026-11-20T12:00:00.000Z' });

  it('ends when everything is healthy or runs', async () => {
    const db = (health: ContainerState['health']) => aContainer('db', { health });
    const engine = showing([db('starting'), aContainer('api')], [db('starting'), aContainer('api')], [db('healthy'), aContainer('api')]);
    expect(await wait(engine, ['api', 'db'])).toEqual({ api: 'ready: running', db: 'ready: healthy' });
  });

  it('does not take a container for up that crashes right after its start', async () => {
    const engine = showing([justStarted], [justStarted], [anExited('api', 1)]);
    expect(await wait(engine)).toEqual({ api: 'failed: exited 1' });
  });

  it('takes a crash loop for a failure', async () => {
    const engine = showing([aContainer('api', { status: 'restarting', restartCount: 3, exitCode: 1 })]);
    expect(await wait(engine)).toEqual({ api: 'failed: restarting, exited 1, 3 times' });
  });

  it('takes what cannot start for a failure, in the words of the engine', async () => {
    expect(await wait(showing([aContainer('api', { status: 'created', error: 'port is already allocated' })]))).toEqual({
      api: 'failed: port is already allocated',
    });
  });

  it('takes a job that ended with 0 for ready, and a server that did for failed', async () => {
    const jobs = aModel(
      aService('api', { dependsOn: [dependsOn('migrate', 'service_completed_successfully')] }),
      aService('migrate'),
      aService('web', { restart: 'always' }),
    );
    const engine = showing([anExited('migrate', 0), anExited('web', 0)]);
    expect(await wait(engine, ['migrate', 'web'], jobs)).toEqual({
      migrate: 'ready: completed',
      web: 'failed: exited 0, though it should keep running',
    });
  });

  it('ends at its deadline, and says what is missing', async () => {
    expect(await wait(showing([]))).toEqual({ api: 'waiting: no container yet' });
  });
});
