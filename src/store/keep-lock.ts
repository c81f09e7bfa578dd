import type { Locks } from './values.ts';

const LOCK_MS = 30_000;
const RENEW_MS = 10_000;

export interface KeptLock {
  /** Whether nobody else can have had it meanwhile. */
  isHeld(): Promise<boolean>;
  /** Prolongs it no more. */
  stop(): void;
  release(): Promise<void>;
}

/**
 * Takes a lock and prolongs it; undefined where it is another owner's. `lost` hears that another took it while this
 * process stood still.
 */
export async function keepLock(
  locks: Locks,
  { name, owner, lost = () => {} }: { name: string; owner: string; lost?: () => void },
): Promise<KeptLock | undefined> {
  let held = true;
  async function isHeld(): Promise<boolean> {
    held &&= await locks.hold(name, owner, LOCK_MS);
    return held;
  }
  if (!(await isHeld())) return undefined;
  // While the store is away nobody else can take it.
  const renew = () =>
    isHeld()
      .then((still) => still || lost())
      .catch(() => {});
  const timer = setInterval(renew, RENEW_MS);
  timer.unref();
  const stop = () => clearInterval(timer);
  return {
    isHeld,
    stop,
    async release() {
      stop();
      await locks.release(name, owner).catch(() => {});
    },
  };
}
