import { configDefaults, defineConfig } from 'vitest/config';
import base, { LONG } from './vitest.config.ts';

/** `npm run test:long`: tests that take minutes, one after another, each with the machine to itself. */
export default defineConfig({
  test: { ...base.test, include: [LONG], exclude: configDefaults.exclude, fileParallelism: false, isolate: true },
});
