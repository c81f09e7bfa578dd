import { randomBytes } from 'node:crypto';
import type { Network } from '../../net/network.ts';
import type { BucketConfig } from '../../settings/object-storage.ts';
import { type Bucket, openBucket } from './bucket.ts';
import { BucketRefused, KEEPS_VERSIONS } from './errors.ts';

const BYTES = 64;
const FROM = 16;

/**
 * Writes, reads, lists and removes an object of its own, and begins an upload. Gives where it was, in words; throws
 * `StoreUnavailable`.
 */
export async function probeBucket(config: BucketConfig, network: Network): Promise<string> {
  const bucket = openBucket(config, network);
  const key = `doctor-${randomBytes(8).toString('hex')}`;
  const bytes = randomBytes(BYTES);
  const type = { type: 'application/octet-stream', disposition: 'attachment' };
  try {
    const keepsVersions = await bucket.put(key, bytes, type);
    const { back, found } = await readBack(bucket, key).catch(async (error: unknown) => {
      await bucket.remove(key).catch(() => {});
      throw error;
    });
    await bucket.remove(key);
    await bucket.abort(key, await bucket.begin(key, type));
    await bucket.unfinished(key);
    if (!back || !bytes.subarray(FROM).equals(back.bytes) || found[0] !== key)
      throw new BucketRefused(
        `${bucket.where} does not give back what was just written there. It has to be strongly consistent, as S3 is.`,
      );
    if (keepsVersions) throw new BucketRefused(`Of ${bucket.where}: ${KEEPS_VERSIONS}.`);
    return `Pictures and clips are in ${bucket.where}: writing, reading, listing and removing work`;
  } finally {
    bucket.close();
  }
}

/** A range of it, and what is there under its name. */
async function readBack(bucket: Bucket, key: string) {
  const back = await bucket.get(key, { start: FROM, end: BYTES });
  return { back, found: (await bucket.list(key)).found };
}
