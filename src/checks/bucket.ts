import { tryBucket } from '../store/open-bucket.ts';
import { StoreUnavailable } from '../store/store.ts';
import { type Check, fine, off } from './check.ts';

/** Nothing where there is no bucket: its client is not even loaded. */
export const bucketCheck: Check = {
  name: 'Bucket',
  of: 'set-up',
  async look({ config: { bucket }, network }) {
    if (!bucket) return [];
    try {
      return [fine(await tryBucket(bucket, network))];
    } catch (error) {
      if (error instanceof StoreUnavailable) return [off(error.message)];
      throw error;
    }
  },
};
