import { basename } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { BucketConfig } from '../../src/settings/object-storage.ts';
import { filesOfRun } from './run.ts';
import { findS3Program, startS3Server } from './s3-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** One bucket for all: each record has a part of its own there. */
    bucket: BucketConfig | undefined;
    /** The same, as the program is told. */
    bucketSettings: Record<string, string> | undefined;
  }
}

/**
 * Before a run in which a file named *s3* takes part: starts an object storage. Where there is none those files are skipped,
 * which is said once; with `REQUIRE_S3=1` the run fails instead.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const suites = (await filesOfRun(project)).map((file) => basename(file)).filter((file) => /\bs3\b/.test(file));
  const program = suites.length > 0 ? findS3Program() : undefined;
  if (program === undefined) {
    project.provide('bucket', undefined);
    project.provide('bucketSettings', undefined);
    const lack = `NO S3 SERVER for ${suites.length} test files (${suites.join(', ')}). Put versitygw on the PATH.`;
    if (suites.length > 0 && process.env.REQUIRE_S3 === '1') throw new Error(lack);
    if (suites.length > 0) process.stderr.write(`\n!!! ${lack} They are SKIPPED.\n\n`);
    return undefined;
  }
  const server = await startS3Server({ program });
  project.provide('bucket', server.bucket);
  project.provide('bucketSettings', server.settings);
  return () => server.close();
}
