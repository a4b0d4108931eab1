import { describe, expect, it } from 'vitest';
import { ps } from '#actions/ps.ts';
import { plainPaint } from '#cli/paint.ts';
import { COMPOSE_LABEL } from '#domain/container.ts';
import { aContainer, aModel, anExited, aSample, aService, dependsOn } from '../session/builders.ts';
import { psDocument } from '../shapes/documents.ts';
import { fakeContext } from './fake-context.ts';

const labels = { [COMPOSE_LABEL.configHash]: 'x', [COMPOSE_LABEL.configFiles]: '/shop/compose.yaml' };
const model = aModel(aService('db'), aService('api', { dependsOn: [dependsOn('db', 'service_healthy')] }), aService('worker'));
const containers = [
  aContainer('db', { health: 'healthy', labels }),
  aContainer('api', {
    labels,
    ports: [
      { hostIp: '0.0.0.0', hostPort: 3000, containerPort: 3000, protocol: 'tcp' },
      { hostIp: '::', hostPort: 3000, containerPort: 3000, protocol: 'tcp' },
      { hostIp: '127.0.0.1', hostPort: 9230, containerPort: 9229, protocol: 'tcp' },
    ],
  }),
];
const wish = { services: [], stats: false, drift: false };

describe('devctl ps', () => {
  it('is a table with one line a container', async () => {
    const result = await ps.read(fakeContext({ model, containers }), wish);
    expect(ps.lines(result, plainPaint(80))).toEqual([
      'NAME        STATE      PORTS',
      'shop-db-1   ● healthy',
      'worker      – missing                            no container',
      'shop-api-1  ○ running  3000 127.0.0.1:9230→9229',
    ]);
  });

  it('has the shape that programs rely on', async () => {
    const document = ps.document(
      await ps.read(fakeContext({ model, containers: [...containers, anExited('worker', 3, { labels })] }), wish),
    );
    const { services } = psDocument.parse(document);
    expect(services.map((one) => [one.service, one.state, one.health, one.exitCode])).toEqual([
      ['db', 'running', 'healthy', null],
      ['worker', 'exited', 'none', 3],
      ['api', 'running', 'none', null],
    ]);
    expect(services[2]?.ports).toEqual([
      { host: '0.0.0.0:3000', container: '3000/tcp' },
      { host: '[::]:3000', container: '3000/tcp' },
      { host: '127.0.0.1:9230', container: '9229/tcp' },
    ]);
  });

  it('names what a created container waits for, and services without one', async () => {
    const created = [
      aContainer('db', { health: 'starting', labels }),
      aContainer('api', { status: 'created', startedAt: undefined, labels }),
    ];
    const document = ps.document(await ps.read(fakeContext({ model, containers: created }), wish));
    const { services } = psDocument.parse(document);
    expect(services.find((one) => one.service === 'api')).toMatchObject({ state: 'created', waitsFor: ['db'] });
    expect(services.find((one) => one.service === 'worker')).toMatchObject({ state: 'missing', container: null, id: null });
  });

  it('asks compose for nothing while the model is cached', async () => {
    const context = fakeContext({ model, containers });
    await ps.read(context, wish);
    expect(context.fakeCompose.asked).toBe(0);
    context.fakeCompose.cached = undefined;
    await ps.read(context, wish);
    expect(context.fakeCompose.asked).toBe(1);
    expect(context.ran).toEqual([]);
  });

  it('tells drift as far as it can without compose', async () => {
    const files = aContainer('db', { labels: { ...labels, [COMPOSE_LABEL.configFiles]: '/shop/other.yaml' } });
    const image = aContainer('api', { labels, imageId: 'sha256:old' });
    const document = ps.document(await ps.read(fakeContext({ model, containers: [files, image, aContainer('worker', { labels })] }), wish));
    expect(Object.fromEntries(psDocument.parse(document).services.map((one) => [one.service, one.drift]))).toEqual({
      db: 'files',
      api: 'image',
      worker: 'unknown',
    });
  });

  it('measures CPU between two samples with --stats', async () => {
    const context = fakeContext({ model, containers });
    context.fakeEngine.samples.set('db-1', aSample({ memoryBytes: 98_000_000 }));
    const result = await ps.read(context, { ...wish, stats: true });
    expect(psDocument.parse(ps.document(result)).services.find((one) => one.service === 'db')).toMatchObject({ memory: 98_000_000 });
    expect(ps.lines(result, plainPaint(80))[0]).toContain('MEMORY');
  });

  it('shows only the services that are named, and helps with a misspelt one', async () => {
    const context = fakeContext({ model, containers });
    const { services } = psDocument.parse(ps.document(await ps.read(context, { ...wish, services: ['api'] })));
    expect(services.map((one) => one.service)).toEqual(['api']);
    await expect(ps.read(context, { ...wish, services: ['wroker'] })).rejects.toMatchObject({
      kind: 'usage',
      hint: 'Did you mean worker?',
    });
  });
});
