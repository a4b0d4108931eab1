import { describe, expect, it } from 'vitest';
import { sortVolumes } from '#actions/doomed-volumes.ts';
import { hashPlan } from '#actions/gate.ts';
import { planDown, planDownVolumes } from '#actions/plan-down.ts';
import { aContainer, aModel, aService } from '../session/builders.ts';
import { anObserved, aVolume, aVolumeModel, printPlan, withVolumes } from './observed.ts';

const postgres = aService('postgres', {
  image: 'postgres:17-alpine',
  mounts: [{ kind: 'volume', source: 'pgdata', target: '/var/lib/postgresql/data', readOnly: false }],
});
const api = aService('api', { mounts: [{ kind: 'bind', source: '/shop/uploads', target: '/uploads', readOnly: false }] });
const model = withVolumes(aModel(postgres, api), aVolumeModel('pgdata'), aVolumeModel('caddy', { name: 'caddy', external: true }));
const running = [
  aContainer('postgres', {
    image: 'postgres:17-alpine',
    mounts: [{ kind: 'volume', source: 'shop_pgdata', target: '/var/lib/postgresql/data' }],
  }),
  aContainer('api'),
];
const volumes = [aVolume('shop_pgdata'), aVolume('caddy', { labels: {} }), aVolume('shop_old')];
const ANONYMOUS = 'f'.repeat(64);

describe('the plan of down', () => {
  it('interrupts, and keeps volumes', () => {
    expect(printPlan(planDown(anObserved(model, running)))).toBe(
      [
        'Take down shop (dev) (interrupts)',
        '1 stop and remove containers and networks (interrupts)',
        '2 see that no container is left (none)',
        '= shop_pgdata: down keeps volumes',
      ].join('\n'),
    );
  });

  it('names anonymous volumes, which the next up would not find again, and asks where they hold a database', () => {
    const anonymous = (image: string) => [aContainer('store', { image, mounts: [{ kind: 'volume', source: ANONYMOUS, target: '/data' }] })];
    const cache = planDown(anObserved(model, anonymous('redis:7-alpine')));
    const database = planDown(anObserved(model, anonymous('postgres:17')));
    expect([cache.risk, cache.touchesData, database.risk, database.touchesData]).toEqual(['recreates', false, 'recreates', true]);
    expect(cache.losses[0]).toMatchObject({ name: 'anonymous volume of store', reference: ANONYMOUS });
  });

  it('counts as irrecoverable on the containers of another checkout', () => {
    const foreign = { reason: 'other-directory', found: '/other/shop', expected: '/shop' } as const;
    const plan = planDown(anObserved(model, running, { foreign }));
    expect(plan.risk).toBe('irrecoverable');
    expect(plan.reasons[0]).toContain('/other/shop');
  });
});

describe('the plan of down --volumes', () => {
  const observed = anObserved(model, running);
  const plan = planDownVolumes(observed, sortVolumes(observed, volumes, running));

  it('holds, takes down, looks again, and removes exactly what it names', () => {
    expect(printPlan(plan)).toBe(
      [
        'Delete 1 volume of shop (dev) (irrecoverable)',
        '! no checkpoint can be made yet: what is deleted is gone for good',
        '1 hold volume shop_pgdata (none)',
        '    on failure: release volume shop_pgdata',
        '2 stop and remove containers and networks (interrupts)',
        '3 look again before deleting (none)',
        '4 remove volume shop_pgdata (irrecoverable)',
        '- shop_pgdata: PostgreSQL · used by postgres · made 2026-11-18',
        '= ./uploads: bind mount',
        '= caddy: external',
        '= shop_old: of no service in this profile',
      ].join('\n'),
    );
  });

  it('keeps what carries another label or is used by another project', () => {
    const unlabelled = sortVolumes(observed, [aVolume('shop_pgdata', { labels: {} })], running);
    expect(unlabelled.kept).toContainEqual({ kind: 'volume', name: 'shop_pgdata', why: 'not made by project shop' });
    const guest = aContainer('x', {
      project: 'other',
      name: 'other-x-1',
      mounts: [{ kind: 'volume', source: 'shop_pgdata', target: '/x' }],
    });
    const shared = sortVolumes(observed, volumes, [...running, guest]);
    expect(shared.doomed).toEqual([]);
    expect(shared.kept).toContainEqual({ kind: 'volume', name: 'shop_pgdata', why: 'also used by other-x-1 of another project' });
  });

  it('is a plain down when nothing is to be deleted', () => {
    const none = planDownVolumes(observed, sortVolumes(observed, [], running));
    expect(none.risk).toBe('interrupts');
  });

  it('has a hash of what it deletes, not of sizes, times of day or the order in which the engine lists', () => {
    const again = planDownVolumes(
      observed,
      sortVolumes(
        observed,
        [...volumes].reverse().map((volume) => ({ ...volume, bytes: 5 })),
        running,
      ),
    );
    expect(hashPlan(again)).toBe(hashPlan(plan));
    const mounts = ['/a', '/b'].map((target, index) => ({ kind: 'volume', source: String(index).repeat(64), target }));
    const listed = [mounts, mounts.toReversed()].map((some) =>
      hashPlan(planDown(anObserved(model, [aContainer('api', { mounts: some })]))),
    );
    expect(listed[0]).toBe(listed[1]);
    const anew = volumes.map((volume) => (volume.name === 'shop_pgdata' ? { ...volume, createdAt: '2026-11-20T11:59:59Z' } : volume));
    expect(hashPlan(planDownVolumes(observed, sortVolumes(observed, anew, running)))).not.toBe(hashPlan(plan));
  });
});
