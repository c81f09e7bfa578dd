import { randomBytes } from 'node:crypto';
import { type Store, StoreUnavailable } from './store.ts';

/** The one lock on a whole record. */
const LOCK = 'record';
const HELD_MS = 30_000;
const RENEW_MS = 10_000;
/** All bots hold it as one; each copy by a name of its own. */
const BOTS = 'bots';

/**
 * Keeps copies away from a record that a bot works on; other bots may. Throws `StoreUnavailable` where one is being
 * made. `lost` hears of one that began while this process stood still: it has to end. Returns how to stop.
 */
export async function acquireShared({ locks }: Store, lost: (why: StoreUnavailable) => void): Promise<() => void> {
  const why = () => new StoreUnavailable('The record is being copied. Start the bot when that is done.');
  if (!(await locks.hold(LOCK, BOTS, HELD_MS))) throw why();
  const timer = setInterval(
    () =>
      void locks.hold(LOCK, BOTS, HELD_MS).then(
        (held) => held || lost(why()),
        // While the store is away nobody else can take it.
        () => {},
      ),
    RENEW_MS,
  );
  timer.unref();
  return () => clearInterval(timer);
}

export interface CopyHold {
  /** Whether no bot can have come between. */
  isHeld(): Promise<boolean>;
  end(): Promise<void>;
}

/** Keeps bots, and other copies, away from a record. Undefined where one is at work on it, or was half a minute ago. */
export async function acquireExclusive({ locks }: Store): Promise<CopyHold | undefined> {
  const owner = `copy ${randomBytes(8).toString('hex')}`;
  const hold = () => locks.hold(LOCK, owner, HELD_MS);
  if (!(await hold())) return undefined;
  let held = true;
  const timer = setInterval(
    () =>
      void hold().then(
        (still) => {
          held &&= still;
        },
        () => {},
      ),
    RENEW_MS,
  );
  timer.unref();
  return {
    isHeld: async () => (await hold()) && held,
    async end() {
      clearInterval(timer);
      await locks.release(LOCK, owner).catch(() => {});
    },
  };
}
