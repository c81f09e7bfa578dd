import { DIRECT, type Network } from '../net/network.ts';
import type { BucketConfig } from '../settings/object-storage.ts';
import type { Log } from '../util/log.ts';
import { BucketRefused, KEEPS_VERSIONS } from './bucket/errors.ts';
import type { KeyValues } from './kv.ts';
import { BROUGHT_BACK, type Objects } from './objects.ts';
import { StoreUnavailable } from './store.ts';

/** Object storage, as a store is opened with it. */
export interface BucketUse {
  objectsOf(record: { values: KeyValues; now: () => number }): Objects;
  /** New pictures and clips go there; else they go with the record, and what is there already is read from there. */
  isForNew: boolean;
  /** A record whose objects are not to be had is not opened, as far as that is sure; else only warned of. */
  refuses: boolean;
}

/** Loads the client, which whoever has no bucket does without: some 25 MB, and half a second of the start. Calls nothing. */
export async function useBucket(
  config: BucketConfig,
  {
    network = DIRECT,
    isForNew = true,
    refuses = true,
  }: { network?: Network } & Partial<Omit<BucketUse, 'objectsOf'>> = {},
): Promise<BucketUse> {
  beQuiet();
  const [{ openBucket }, { createObjects }] = await Promise.all([
    import('./bucket/bucket.ts'),
    import('./bucket/objects.ts'),
  ]);
  const bucket = openBucket(config, network);
  return { objectsOf: (record) => createObjects({ bucket, ...record }), isForNew, refuses };
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
 * Looks at the start whether the record's objects are to be had; `known` gives some of them, the oldest and the newest. Throws
 * `StoreUnavailable` where none can be, whatever is waited for. Where the service is only away now, the bot does what it can
 * without.
 */
export async function checkObjects({
  objects,
  use,
  known,
  values,
  log,
}: {
  objects?: Objects;
  use?: BucketUse;
  known: () => Promise<string[]> | string[];
  values: KeyValues;
  log?: Pick<Log, 'warn'>;
}): Promise<void> {
  if (!objects) return refuseWithout(await known(), values);
  try {
    if (use?.isForNew && use.refuses) await values.remove(BROUGHT_BACK.key, BROUGHT_BACK);
    const asked = await known();
    const { gone, isEmpty, keepsVersions } = await objects.look(asked);
    // Asked again: another process may have deleted some since.
    const still = gone.length === 0 ? [] : await known();
    const lost = gone.filter((file) => still.includes(file));
    // One alone may be lost by itself; several of different times, and nothing there besides, are in another place.
    if (isEmpty && lost.length > 1 && lost.length === asked.length)
      throw new BucketRefused(
        `${objects.where} does not have what the record says is there. BLOBS names another bucket or prefix than it did: name the one that it was.`,
      );
    if (lost.length > 0)
      log?.warn(
        { lost: lost.length, bucket: objects.where },
        'pictures or clips are lost: `npm run store -- check` says which',
      );
    if (keepsVersions) log?.warn({ bucket: objects.where }, KEEPS_VERSIONS);
  } catch (error) {
    if (!(error instanceof StoreUnavailable) || (error instanceof BucketRefused && (use?.refuses ?? true))) throw error;
    log?.warn({ why: error.message }, 'pictures and clips cannot be had for now');
  }
}

async function refuseWithout(known: string[], values: KeyValues): Promise<void> {
  if (known.length > 0 && !(await values.get(BROUGHT_BACK.key)))
    throw new StoreUnavailable(
      'Pictures and clips of this record are in object storage, and BLOBS is not set. Set it as it was; `npm run store -- blobs --to record` brings them back.',
    );
}
