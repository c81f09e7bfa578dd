import { configDefaults, defineConfig } from 'vitest/config';
import base, { LONG } from './vitest.config.ts';

/** What is measured against the clock, or keeps all cores busy by itself. */
const ALONE = [
  'test/chaos/*.long.test.ts',
  'test/soak/*.long.test.ts',
  'test/worker/storm.long.test.ts',
  'test/hostile-pictures.long.test.ts',
  'test/server/crowd.long.test.ts',
  'test/chat/telegram/quick.long.test.ts',
  'test/net/network.long.test.ts',
];

/** `npm run test:long`: tests that take minutes. Most of them wait, so a few go side by side; then the others, one by one. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...base.test,
          name: 'side by side',
          include: [LONG],
          exclude: [...configDefaults.exclude, ...ALONE],
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...base.test,
          name: 'alone',
          // Nothing is left from what ran before.
          isolate: true,
          include: ALONE,
          exclude: configDefaults.exclude,
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
