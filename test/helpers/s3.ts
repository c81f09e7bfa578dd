import { inject } from 'vitest';
import type { BucketConfig } from '../../src/settings/object-storage.ts';

/** There is no server: suites that need one are skipped, as was said before the run. */
export const noS3 = inject('bucket') === undefined;

/** The run's bucket. */
export function testBucket(): BucketConfig {
  const bucket = inject('bucket');
  if (!bucket) throw new Error('there is no S3 server');
  return bucket;
}

/** The same, as the program is told. */
export const bucketSettings = (): Record<string, string> => inject('bucketSettings') ?? {};
