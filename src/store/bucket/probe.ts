import { randomBytes } from 'node:crypto';
import type { Network } from '../../net/network.ts';
import type { BucketConfig } from '../../settings/object-storage.ts';
import { openBucket } from './bucket.ts';
import { BucketRefused } from './errors.ts';

const BYTES = 64;

/** Writes, reads, lists and removes an object of its own. Gives where it was, in words; throws `StoreUnavailable`. */
export async function probeBucket(config: BucketConfig, network: Network): Promise<string> {
  const bucket = openBucket(config, network);
  const key = `doctor-${randomBytes(8).toString('hex')}`;
  const bytes = randomBytes(BYTES);
  try {
    await bucket.put(key, bytes, { type: 'application/octet-stream', disposition: 'attachment' });
    const back = await bucket.get(key, { start: 0, end: BYTES });
    const { found } = await bucket.list(key);
    await bucket.remove(key);
    if (!back || !bytes.equals(back) || found[0] !== key)
      throw new BucketRefused(
        `${bucket.where} does not give back what was just written there. It has to be strongly consistent, as S3 is.`,
      );
    return `Pictures and clips are in ${bucket.where}: writing, reading, listing and removing work`;
  } finally {
    bucket.close();
  }
}
