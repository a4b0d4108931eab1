import { describe, expect, it } from 'vitest';
import { events } from '#actions/events.ts';
import { logs } from '#actions/logs.ts';
import { stats } from '#actions/stats.ts';
import { wait } from '#actions/wait.ts';
import { plainPaint } from '#cli/paint.ts';
import { manualClock, settle } from '../fakes/manual-clock.ts';
import { aContainer, aModel, anExited, aSample, aService } from '../session/builders.ts';
import { type FakeWorld, fakeContext } from './fake-context.ts';

const model = aModel(aService('api'), aService('db'));
const containers = [aContainer('api'), aContainer('db')];
const paint = plainPaint(80);
const never = (): AbortSignal => new AbortController().signal;

describe('devctl logs', () => {
  const wish = { services: [], follow: false, timestamps: false };
  type Wish = Parameters<typeof logs.follow>[1];
  const NOON = 1_763_640_000_000_000_000n;

  async function read(options: Partial<Wish>, world: FakeWorld = {}): Promise<string[]> {
    const context = fakeContext({ model, containers, ...world });
    context.fakeEngine.write('api-1', 'one', NOON + 1n);
    context.fakeEngine.write('db-1', 'ERROR two', NOON + 2n);
    context.fakeEngine.write('api-1', '{"level":"info","msg":"three"}', NOON + 3n);
    const lines: string[] = [];
    await logs.follow(context, { ...wish, ...options } as Wish, (item) => lines.push(logs.line(item, paint) ?? ''), never());
    return lines;
  }

  it('merges the services by time', async () => {
    expect(await read({})).toEqual(['api │ one', 'db  │ ERROR two', 'api │ {"level":"info","msg":"three"}']);
  });

  it('filters by service, expression, level, and shows fields', async () => {
    expect(await read({ services: ['db'] })).toEqual(['db │ ERROR two']);
    expect(await read({ grep: 'one|three' })).toEqual(['api │ one', 'api │ {"level":"info","msg":"three"}']);
    expect(await read({ level: 'warn' })).toEqual(['db  │ ERROR two']);
    expect((await read({ fields: 'msg' })).at(-1)).toBe('api │ msg=three');
  });

  it('shows when, and as JSON', async () => {
    expect((await read({ timestamps: true }))[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z api │ one$/);
    const context = fakeContext({ model, containers });
    context.fakeEngine.write('api-1', 'a\u001b[31mb', NOON);
    const documents: unknown[] = [];
    await logs.follow(context, wish as Wish, (item) => documents.push(logs.document(item)), never());
    expect(documents).toMatchObject([{ schema: 1, service: 'api', container: 'shop-api-1', stream: 'stdout', text: 'ab' }]);
  });

  it('helps with a misspelt service and with times', async () => {
    await expect(read({ services: ['apii'] })).rejects.toMatchObject({ kind: 'usage', hint: 'Did you mean api?' });
    await expect(read({ since: 'yesterday-ish' })).rejects.toMatchObject({ kind: 'usage' });
    await expect(read({ follow: true, until: '1m' })).rejects.toMatchObject({ kind: 'usage' });
  });

  it('follows over a restart: past lines by time, then each new one, nothing twice', async () => {
    const clock = manualClock();
    const context = fakeContext({ model, containers, clock });
    const { fakeEngine } = context;
    fakeEngine.write('db-1', 'past db', NOON + 2n);
    fakeEngine.write('api-1', 'past api', NOON + 1n);
    const lines: string[] = [];
    const stop = new AbortController();
    const following = logs.follow(
      context,
      { ...wish, follow: true } as Wish,
      (item) => lines.push(logs.line(item, paint) ?? ''),
      stop.signal,
    );
    await clock.advance(400);
    expect(lines).toEqual(['api │ past api', 'db  │ past db']);
    fakeEngine.write('api-1', 'live', NOON + 5n);
    fakeEngine.world.set('api-1', anExited('api', 0));
    fakeEngine.endLogs('api-1');
    fakeEngine.emit({ action: 'die', id: 'api-1' });
    await settle();
    fakeEngine.world.set('api-1', aContainer('api'));
    fakeEngine.write('api-1', 'after restart', NOON + 6n);
    fakeEngine.emit({ action: 'start', id: 'api-1' });
    await clock.advance(3000);
    expect(lines.slice(2)).toEqual(['api │ live', 'api │ after restart']);
    stop.abort();
    await following;
  });
});

describe('devctl wait', () => {
  it('tells each change and ends well', async () => {
    const lines: string[] = [];
    await wait.follow(
      fakeContext({ model, containers }),
      { services: [], timeout: undefined },
      (item) => lines.push(wait.line(item, paint) ?? ''),
      never(),
    );
    expect(lines).toEqual(['● api  running', '● db  running']);
  });

  it('ends with 4 and the last lines of the culprit', async () => {
    const context = fakeContext({ model, containers: [aContainer('api'), anExited('db', 1)] });
    context.fakeEngine.write('db-1', 'disk full\u001b[2J');
    const waiting = wait.follow(context, { services: [], timeout: '1s' }, () => undefined, never());
    await expect(waiting).rejects.toMatchObject({ kind: 'unhealthy', message: expect.stringContaining('Not up: db\ndb: exited') });
    await expect(waiting).rejects.toMatchObject({ message: expect.stringContaining('disk full') });
  });

  it('ends after its deadline', async () => {
    const context = fakeContext({ model, containers: [aContainer('api', { health: 'starting' })] });
    const waiting = wait.follow(context, { services: ['api'], timeout: '2s' }, () => undefined, never());
    await expect(waiting).rejects.toMatchObject({ kind: 'unhealthy', message: expect.stringContaining('Not up after 2 s: api') });
  });

  it('helps with a misspelt service and a bad duration', async () => {
    const run = (wish: Parameters<typeof wait.follow>[1]) =>
      wait.follow(fakeContext({ model, containers }), wish, () => undefined, never());
    await expect(run({ services: ['bd'], timeout: undefined })).rejects.toMatchObject({ hint: 'Did you mean db?' });
    await expect(run({ services: [], timeout: 'soon' })).rejects.toMatchObject({ kind: 'usage' });
  });
});

describe('devctl events', () => {
  it('tells what happens to this stack, and that the engine is lost and back', async () => {
    const context = fakeContext({ model: { ...model, volumes: {} }, containers });
    const lines: string[] = [];
    const documents: unknown[] = [];
    const stop = new AbortController();
    const following = events.follow(
      context,
      { services: [] },
      (item) => {
        lines.push((events.line(item, paint) ?? '').slice(13));
        documents.push(events.document(item));
      },
      stop.signal,
    );
    await settle();
    const { fakeEngine } = context;
    fakeEngine.connect();
    fakeEngine.emit({ action: 'die', id: 'api-1', attributes: { exitCode: '137' } });
    fakeEngine.emitNetwork('disconnect', 'api-1');
    fakeEngine.disconnect('gone');
    fakeEngine.disconnect('gone');
    fakeEngine.connect();
    expect(lines).toEqual(['api  die (exit code 137)  shop-api-1', 'network  disconnect  shop_default', 'lost  gone', 'connected']);
    expect(documents[0]).toMatchObject({ schema: 1, event: 'container', action: 'die', service: 'api', exitCode: 137 });
    stop.abort();
    await following;
  });
});

describe('devctl stats', () => {
  it('shows CPU from the second sample on, once without --stream', async () => {
    const clock = manualClock();
    const context = fakeContext({ model, containers: [aContainer('api')], clock });
    context.fakeEngine.samples.set('api-1', aSample({ cpuTotal: 0, systemTotal: 0 }));
    const documents: unknown[] = [];
    const running = stats.follow(context, { services: [], stream: false }, (item) => documents.push(stats.document(item)), never());
    await settle();
    context.fakeEngine.samples.set('api-1', aSample({ cpuTotal: 10, systemTotal: 1000, memoryBytes: 98_000_000 }));
    await clock.advance(1000);
    await running;
    expect(documents).toMatchObject([{ schema: 1, services: [{ service: 'api', cpu: 2, memory: 98_000_000, memoryLimit: null }] }]);
  });

  it('says that nothing runs, and ends', async () => {
    const lines: string[] = [];
    await stats.follow(
      fakeContext({ model }),
      { services: [], stream: false },
      (item) => lines.push(stats.line(item, paint) ?? ''),
      never(),
    );
    expect(lines[0]).toContain('nothing runs');
  });
});
