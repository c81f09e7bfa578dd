import { randomBytes } from 'node:crypto';
import { type KeptLock, keepLock } from './keep-lock.ts';
import { type Store, StoreUnavailable } from './store.ts';

/** The one lock on a whole record. All bots of one version hold it as one; each copy by a name of its own. */
export const RECORD_LOCK = 'record';
export const botsOf = (version: number): string => `bots ${version}`;

/**
 * Keeps copies, and bots of another version, away from a record that a bot works on; other bots may. Throws
 * `StoreUnavailable` where one has it. `lost` hears of one that began while this process stood still: it has to end.
 * Returns how to stop.
 */
export async function acquireShared(
  { locks, version }: Pick<Store, 'locks' | 'version'>,
  lost: (why: StoreUnavailable) => void,
): Promise<() => void> {
  const why = () =>
    new StoreUnavailable(
      'The record is being copied, or a Kinora of another version works on it. Start this one when that is done, or update it.',
    );
  const lock = await keepLock(locks, { name: RECORD_LOCK, owner: botsOf(version), lost: () => lost(why()) });
  if (!lock) throw why();
  return lock.stop;
}

/** Keeps bots, and other copies, away from a record. Undefined where one is at work on it, or was half a minute ago. */
export const acquireExclusive = ({ locks }: Store): Promise<KeptLock | undefined> =>
  keepLock(locks, { name: RECORD_LOCK, owner: `copy ${randomBytes(8).toString('hex')}` });
