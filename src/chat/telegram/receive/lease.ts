import type { Locks } from '../../../store/values.ts';
import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import { LEASE_MS, RENEW_MS } from '../../kit/lease.ts';

/**
 * Does the work while no other process does, again and again until `ending`: `lost` aborts when the lease could not be
 * prolonged in time. The work ends by itself or when `lost` says so.
 */
export async function whileAlone(
  name: string,
  work: (lost: AbortSignal) => Promise<void>,
  deps: { locks: Locks; owner: string; clock: Clock; log: Pick<Log, 'warn'>; ending: AbortSignal },
): Promise<void> {
  const { locks, owner, clock, log, ending } = deps;

  /** False also where the store cannot say, or not soon. */
  async function hold(): Promise<boolean> {
    const held = locks.hold(name, owner, LEASE_MS).catch((error: unknown) => {
      log.warn({ err: error }, 'the lease of the receiver could not be had');
      return false;
    });
    return (await settleWithin(held, RENEW_MS, clock))?.value ?? false;
  }

  async function renew(lost: AbortController, until: AbortSignal): Promise<void> {
    let heldAt = clock.now();
    while (!until.aborted) {
      await clock.sleep(RENEW_MS, until);
      if (until.aborted) return;
      const askedAt = clock.now();
      if (await hold()) heldAt = askedAt;
      else if (clock.now() - heldAt >= LEASE_MS - RENEW_MS) lost.abort();
    }
  }

  while (!ending.aborted) {
    if (!(await hold())) {
      await clock.sleep(RENEW_MS, ending);
      continue;
    }
    const lost = new AbortController();
    const until = AbortSignal.any([ending, lost.signal]);
    const renewing = renew(lost, until);
    try {
      await work(until);
    } finally {
      lost.abort();
      await renewing;
      await locks.release(name, owner).catch(() => {});
    }
    // The work ended by itself, or another process took over: either way nothing is gained by haste.
    await clock.sleep(RENEW_MS, ending);
  }
}
