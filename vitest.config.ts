import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real processes, real ffmpeg and real files: generous limits, no hidden retries.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: 0,
    // Most of them wait for other processes, not for a core.
    maxWorkers: Math.max(2, availableParallelism()),
    // Finds a MongoDB for the suites that need one.
    globalSetup: 'test/helpers/mongo-setup.ts',
  },
});
