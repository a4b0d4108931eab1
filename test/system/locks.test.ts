import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { systemClock } from '#system/clock.ts';
import { createFiles } from '#system/files.ts';
import { resolveLocations } from '#system/locations.ts';
import { createLocks, type HeldLock, type Locks } from '#system/locks.ts';
import { temporaryDirectory } from './temporary.ts';

const me = { pid: process.pid, what: 'test', since: '2026-11-20T10:00:00.000Z' };

function locksIn(directory: string): Locks {
  return createLocks({ files: createFiles(), clock: systemClock, locations: resolveLocations({}, directory) });
}

async function taken(locks: Locks, key: string): Promise<HeldLock> {
  const lock = await locks.acquire(key, me, 0);
  if (!('release' in lock)) throw new Error('the lock is held');
  return lock;
}

test('one holder at a time, told by name, and free again after release', async () => {
  const locks = locksIn(temporaryDirectory());
  const lock = await taken(locks, 'ABC:DEF-shop');
  expect(await locks.acquire('ABC:DEF-shop', me, 0)).toEqual({ heldBy: me });
  expect(await locks.holder('ABC:DEF-shop')).toEqual(me);
  await (await taken(locks, 'another')).release();
  await lock.release();
  expect(await locks.holder('ABC:DEF-shop')).toBeUndefined();
  await (await taken(locks, 'ABC:DEF-shop')).release();
});

test('keys that look alike as file names are different locks', async () => {
  const locks = locksIn(temporaryDirectory());
  await taken(locks, 'a:b');
  await taken(locks, 'a_b');
  await taken(locks, 'a/b');
});

test('waits for a holder that lets go', async () => {
  const locks = locksIn(temporaryDirectory());
  const lock = await taken(locks, 'k');
  const waiting = locks.acquire('k', me, 5000);
  await lock.release();
  expect(await waiting).toHaveProperty('release');
});

test('a process that is killed with -9 holds nothing any more', async () => {
  const directory = temporaryDirectory();
  const locks = locksIn(directory);
  const child = spawnHolder(directory);
  await once(child.stdout, 'data');
  expect(await locks.acquire('k', me, 0)).toEqual({ heldBy: { pid: child.pid, what: 'down', since: 'now' } });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await locks.holder('k')).toBeUndefined();
  await taken(locks, 'k');
});

test('looking at a lock from the process that holds it does not drop it', async () => {
  const directory = temporaryDirectory();
  const lock = await taken(locksIn(directory), 'k');
  await locksIn(directory).acquire('k', me, 0);
  await locksIn(directory).holder('k');
  const child = spawnHolder(directory);
  expect(String((await once(child.stdout, 'data'))[0])).toContain('"heldBy"');
  child.kill('SIGKILL');
  await lock.release();
});

/** A process that takes the lock `k`, says what came of it, and stays. */
function spawnHolder(directory: string) {
  const script = `
    import { systemClock } from '#system/clock.ts';
    import { createFiles } from '#system/files.ts';
    import { resolveLocations } from '#system/locations.ts';
    import { createLocks } from '#system/locks.ts';
    const locks = createLocks({ files: createFiles(), clock: systemClock, locations: resolveLocations({}, ${JSON.stringify(directory)}) });
    console.log(JSON.stringify(await locks.acquire('k', { pid: process.pid, what: 'down', since: 'now' }, 0)));
    setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}
