import { StoreUnavailable } from '../store/store.ts';
import { type Check, fine, off } from './check.ts';

/** Nothing where there is no bucket: its client is not even loaded. */
export const bucketCheck: Check = {
  name: 'Bucket',
  of: 'set-up',
  async look({ config: { bucket }, network }) {
    if (!bucket) return [];
    const { probeBucket } = await import('../store/bucket/probe.ts');
    try {
      return [fine(await probeBucket(bucket, network))];
    } catch (error) {
      if (error instanceof StoreUnavailable) return [off(error.message)];
      throw error;
    }
  },
};
