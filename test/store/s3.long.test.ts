import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { useBucket } from '../../src/store/open-bucket.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { describeBytes } from '../contract/store.ts';
import { noS3, testBucket } from '../helpers/s3.ts';

describe.skipIf(noS3)('with object storage', () => {
  describeBytes('the SQLite store', async (clock) => {
    const dir = await mkdtemp(join(tmpdir(), 'kinora-s3-store-'));
    const store = await openSqliteStore({ dir, clock, bucket: await useBucket(testBucket()) });
    return {
      store,
      async close() {
        await store.close();
        expect(await readdir(join(dir, 'files'))).toEqual([]);
        await rm(dir, { recursive: true });
      },
    };
  });
});
