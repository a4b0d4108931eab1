import { describe, expect, it } from 'vitest';
import { status } from '#actions/status.ts';
import { plainPaint } from '#cli/paint.ts';
import { aContainer, aModel, anExited, aProbe, aProfile, aService, dependsOn } from '../session/builders.ts';
import { fakeContext } from './fake-context.ts';

const model = aModel(
  aService('api', { restart: 'unless-stopped' }),
  aService('worker', { restart: 'on-failure' }),
  aService('web', { dependsOn: [dependsOn('worker', 'service_healthy')] }),
);
const healthy = [aContainer('api', { health: 'healthy' }), aContainer('worker', { health: 'healthy' }), aContainer('web')];
const failing = [
  aContainer('api', { health: 'healthy' }),
  anExited('worker', 1, { restartCount: 4, restartPolicy: 'on-failure' }),
  aContainer('web', { status: 'created', startedAt: undefined }),
];

const text = async (context: Parameters<typeof status.read>[0], short = false): Promise<string> =>
  status.lines(await status.read(context, { short }), plainPaint(100)).join('\n');

describe('devctl status', () => {
  it('is one line when all is well and it is to be short', async () => {
    expect(await text(fakeContext({ model, containers: healthy }), true)).toBe('shop dev guarded 3/3 healthy');
  });

  it('explains what fails: exit code, last words, who waits for whom', async () => {
    const context = fakeContext({ model, containers: failing });
    context.fakeEngine.write('worker-1', "Error: Cannot find module '/app/dist/workers/index.js'\u001b[2J");
    const shown = await text(context);
    expect(shown).toContain('shop ▸ dev  guarded  default · 26.1.5   1/3 healthy, unhealthy');
    expect(shown).toContain('✖ worker  exited 1, 2 min ago');
    expect(shown).toContain("Error: Cannot find module '/app/dist/workers/index.js'");
    expect(shown).toContain('web     ◐ waiting  waits for worker (healthy)');
    expect(shown).not.toContain('\u001b');
  });

  it('explains a taken port by the daemon’s own words', async () => {
    const error = 'driver failed programming external connectivity: Bind for 0.0.0.0:8080 failed: port is already allocated';
    const containers = [aContainer('api', { status: 'created', error, startedAt: undefined })];
    expect(await text(fakeContext({ model: aModel(aService('api')), containers }))).toContain('8080');
  });

  it('runs the probes unless it is to be short', async () => {
    const world = {
      model,
      containers: healthy,
      profile: aProfile([aProbe()]),
      network: { http: async () => ({ status: 503, body: 'no database', ms: 4 }) },
    };
    const long = await text(fakeContext(world));
    expect(long).toContain('Probes');
    expect(long).toContain('no database');
    expect(await text(fakeContext(world), true)).toBe('shop dev guarded 3/3 healthy');
  });

  it('is exit code 4 unless all is well', async () => {
    const code = async (containers: readonly ReturnType<typeof aContainer>[]): Promise<number | undefined> =>
      status.exitCode?.(await status.read(fakeContext({ model, containers }), { short: true }));
    expect(await code(healthy)).toBe(0);
    expect(await code(failing)).toBe(4);
    expect(await code([])).toBe(4);
  });

  it('says how to start a stack of which nothing runs', async () => {
    expect(await text(fakeContext({ model }))).toContain('Nothing runs. To start it: devctl up');
  });
});
