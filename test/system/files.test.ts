import { mkdirSync, readdirSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createFiles } from '#system/files.ts';
import { temporaryDirectory } from './temporary.ts';

const files = createFiles();

test('what is not there is a value', async () => {
  const missing = join(temporaryDirectory(), 'a', 'b');
  expect(await files.readText(missing)).toBeUndefined();
  expect(await files.readBytes(missing)).toBeUndefined();
  expect(await files.stat(missing)).toBeUndefined();
  expect(await files.list(missing)).toEqual([]);
  expect(await files.realpath(missing)).toBe(missing);
  await files.remove(missing);
});

test('other failures name the path', async () => {
  const directory = temporaryDirectory();
  await expect(files.readText(directory)).rejects.toThrow(`${directory} cannot be read: it is a directory.`);
  writeFileSync(join(directory, 'file'), '');
  expect(await files.readText(join(directory, 'file', 'below'))).toBeUndefined();
  await expect(files.writeAtomic(join(directory, 'file', 'below'), 'x')).rejects.toMatchObject({ kind: 'environment' });
});

test('writes atomically, with a mode, and leaves nothing beside', async () => {
  const path = join(temporaryDirectory(), 'new', 'state.json');
  await files.writeAtomic(path, 'one');
  await files.writeAtomic(path, 'two', 0o640);
  expect(await files.readText(path)).toBe('two');
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(path, '..'))).toEqual(['state.json']);
});

test('appends, and keeps the file to its owner', async () => {
  const path = join(temporaryDirectory(), 'deep', 'journal');
  await files.appendSynced(path, 'a\n');
  await files.appendSynced(path, 'b\n');
  expect(await files.readText(path)).toBe('a\nb\n');
  expect(await files.stat(path)).toMatchObject({ kind: 'file', size: 4 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('resolves links', async () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'real'));
  symlinkSync(join(directory, 'real'), join(directory, 'link'));
  expect(await files.realpath(join(directory, 'link'))).toBe(join(directory, 'real'));
});

test('watching sees a change, a replacement, a new file in a new directory, and a deletion', async () => {
  const directory = temporaryDirectory();
  const [changed, appearing] = [join(directory, 'a'), join(directory, 'later', 'b')];
  writeFileSync(changed, 'one');
  const seen = vi.fn();
  onTestFinished(files.watch([changed, appearing], seen));
  const after = async (change: () => void, times: number): Promise<void> => {
    change();
    await vi.waitFor(() => expect(seen).toHaveBeenCalledTimes(times), { timeout: 3000 });
  };
  await after(() => writeFileSync(changed, 'longer'), 1);
  await after(() => {
    writeFileSync(join(directory, 'tmp'), 'replaced by another');
    renameSync(join(directory, 'tmp'), changed);
  }, 2);
  mkdirSync(join(directory, 'later'));
  await after(() => writeFileSync(appearing, 'x'), 3);
});

test('watching a link sees a change of what it points to, and no other file', async () => {
  const [here, there] = [temporaryDirectory(), temporaryDirectory()];
  writeFileSync(join(there, 'target'), '1');
  symlinkSync(join(there, 'target'), join(here, 'link'));
  const seen = vi.fn();
  onTestFinished(files.watch([join(here, 'link')], seen));
  writeFileSync(join(there, 'unrelated'), 'x');
  writeFileSync(join(there, 'target'), '22');
  await vi.waitFor(() => expect(seen).toHaveBeenCalledTimes(1), { timeout: 3000 });
});
