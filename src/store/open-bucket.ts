import { DIRECT, type Network } from '../net/network.ts';
import type { BucketConfig } from '../settings/object-storage.ts';
import type { Log } from '../util/log.ts';
import { BucketRefused } from './bucket/errors.ts';
import type { KeyValues } from './kv.ts';
import type { Objects } from './objects.ts';
import { StoreUnavailable } from './store.ts';

/** Object storage, as a store is opened with it. */
export interface BucketUse {
  objectsOf(record: { values: KeyValues; now: () => number }): Objects;
  /** New pictures and clips go there; else they go with the record, and what is there already is read from there. */
  isForNew: boolean;
}

/** Loads the client, which whoever has no bucket does without: some 25 MB, and half a second of the start. Calls nothing. */
export async function useBucket(
  config: BucketConfig,
  { network = DIRECT, isForNew = true }: { network?: Network; isForNew?: boolean } = {},
): Promise<BucketUse> {
  beQuiet();
  const [{ openBucket }, { createObjects }] = await Promise.all([
    import('./bucket/bucket.ts'),
    import('./bucket/objects.ts'),
  ]);
  const bucket = openBucket(config, network);
  return { objectsOf: (record) => createObjects({ bucket, ...record }), isForNew };
}

/** The client warns who starts it of its plans for Node.js, which are ours to know. */
function beQuiet(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
}

/** Writes, reads, lists and removes an object of its own. Gives where it was, in words; throws `StoreUnavailable`. */
export async function tryBucket(config: BucketConfig, network: Network): Promise<string> {
  beQuiet();
  const { probeBucket } = await import('./bucket/probe.ts');
  return probeBucket(config, network);
}

/**
 * Looks at the start whether the record's objects are to be had; `newest` is one of them. Throws `StoreUnavailable` where they
 * cannot be, whatever is waited for. Where the service is only away now, the bot does what it can without.
 */
export async function checkObjects(
  objects: Objects | undefined,
  newest: string | undefined,
  log?: Pick<Log, 'warn'>,
): Promise<void> {
  if (!objects && newest === undefined) return;
  if (!objects)
    throw new StoreUnavailable(
      'Pictures and clips of this record are in object storage, and BLOBS is not set. Set it as it was; `npm run store -- blobs --to record` brings them back.',
    );
  try {
    await objects.look(newest);
  } catch (error) {
    if (!(error instanceof StoreUnavailable) || error instanceof BucketRefused) throw error;
    log?.warn({ why: error.message }, 'pictures and clips cannot be had for now');
  }
}
