import { randomBytes } from 'node:crypto';
import { type KeptLock, keepLock } from './keep-lock.ts';
import { type Store, StoreUnavailable } from './store.ts';

/** The one lock on a whole record. */
const LOCK = 'record';
/** All bots hold it as one; each copy by a name of its own. */
const BOTS = 'bots';

/**
 * Keeps copies away from a record that a bot works on; other bots may. Throws `StoreUnavailable` where one is being
 * made. `lost` hears of one that began while this process stood still: it has to end. Returns how to stop.
 */
export async function acquireShared({ locks }: Store, lost: (why: StoreUnavailable) => void): Promise<() => void> {
  const why = () => new StoreUnavailable('The record is being copied. Start the bot when that is done.');
  const lock = await keepLock(locks, { name: LOCK, owner: BOTS, lost: () => lost(why()) });
  if (!lock) throw why();
  return lock.stop;
}

/** Keeps bots, and other copies, away from a record. Undefined where one is at work on it, or was half a minute ago. */
export const acquireExclusive = ({ locks }: Store): Promise<KeptLock | undefined> =>
  keepLock(locks, { name: LOCK, owner: `copy ${randomBytes(8).toString('hex')}` });
