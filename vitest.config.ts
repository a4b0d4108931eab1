import { defineConfig } from 'vitest/config';

// One worker at a time for what uses the engine or a terminal: two cores, and one engine for all. One project after the other.
const slow = { fileParallelism: false, testTimeout: 120_000, hookTimeout: 240_000, pool: 'forks' as const };

export default defineConfig({
  test: {
    env: { CI: 'false', NO_COLOR: '', TZ: 'UTC' },
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/engine/**', 'test/pty/**'], pool: 'forks', testTimeout: 20_000, sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'engine', include: ['test/engine/**/*.test.ts'], ...slow, sequence: { groupOrder: 1 } } },
      { extends: true, test: { name: 'pty', include: ['test/pty/**/*.test.ts'], ...slow, sequence: { groupOrder: 2 } } },
    ],
  },
});
