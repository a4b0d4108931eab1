import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One recorded call of the docker program. */
export interface RecordedCall {
  /** Without `docker`. */
  readonly args: readonly string[];
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
}

/** A `docker` program in a directory of its own, to stand first on PATH. */
export interface FakeDocker {
  readonly directory: string;
  /** Replaces what is to be replayed. */
  expect(calls: readonly RecordedCall[]): void;
  /** Calls that nobody expected, and expected ones that never came; empty when all went as recorded. */
  differences(): readonly string[];
}

/** Puts it into `directory`. */
export function fakeDocker(directory: string): FakeDocker {
  mkdirSync(directory, { recursive: true });
  copyFileSync(fileURLToPath(new URL('docker', import.meta.url)), join(directory, 'docker'));
  chmodSync(join(directory, 'docker'), 0o755);
  const lines = (name: string): readonly string[] => {
    const path = join(directory, name);
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  };
  let expected: readonly RecordedCall[] = [];
  const docker: FakeDocker = {
    directory,
    expect: (calls) => {
      expected = calls;
      writeFileSync(join(directory, 'calls.json'), JSON.stringify(calls));
      writeFileSync(join(directory, 'used.log'), '');
    },
    differences: () => {
      const used = new Set(lines('used.log').map(Number));
      const unused = expected.flatMap((call, index) => (used.has(index) ? [] : [`never called: docker ${call.args.join(' ')}`]));
      return [...lines('unexpected.log').map((line) => `unexpected: ${line}`), ...unused];
    },
  };
  docker.expect([]);
  return docker;
}
