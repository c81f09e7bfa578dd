import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that take minutes: `npm run test:long`. */
export const LONG = 'test/**/*.long.test.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, LONG],
    // Real processes, real ffmpeg and real files: generous limits, no hidden retries.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: 0,
    // Most of them wait for other processes, not for a core.
    maxWorkers: Math.max(2, availableParallelism()),
    // One MongoDB and one Chromium for the suites that need them.
    globalSetup: ['test/helpers/mongo-setup.ts', 'test/helpers/browser-setup.ts'],
  },
});
