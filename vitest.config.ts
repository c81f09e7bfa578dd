import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that take minutes: `npm run test:long`. */
export const LONG = 'test/**/*.long.test.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, LONG],
    // Real processes, real ffmpeg and real files: generous limits, no hidden retries. Renders step back for all else, so
    // where every core is busy with other tests they take a minute.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    retry: 0,
    // On a busy machine what is looked for may take its time.
    expect: { poll: { timeout: 10_000 } },
    // Most of them wait for other processes, not for a core.
    maxWorkers: Math.max(4, availableParallelism()),
    // Libraries are loaded once for each worker, not once for each file: a tenth of all the time.
    isolate: false,
    // The program as it is started, one MongoDB, one object storage and one Chromium for the suites that need them.
    globalSetup: [
      'test/helpers/compile-setup.ts',
      'test/helpers/mongo-setup.ts',
      'test/helpers/s3-setup.ts',
      'test/helpers/browser-setup.ts',
    ],
  },
});
