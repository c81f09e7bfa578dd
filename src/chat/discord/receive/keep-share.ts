import { randomBytes } from 'node:crypto';
import type { Store } from '../../../store/store.ts';
import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import { LEASE_MS, RENEW_MS } from '../../kit/lease.ts';
import { type Share, shareWords } from '../shards.ts';
import { changePlan } from './change-plan.ts';
import { type SharedOut, shareOut, without } from './share-out.ts';

/** So soon it looks again where there will be more for it, or a lease has just ended. */
const SOON_MS = 500;
/** An event that is heard late waits so long for the record's word. */
const WORD_MS = 1_000;
const GOODBYE_MS = 3_000;

/** Hears a part of the shards. */
export interface KeptShare {
  /** What this process hears now. */
  share(): Share;
  /** No more of it is about to come from others. */
  isWhole(): boolean;
  /** What was heard is passed on where this process is the one to hear it; at once, unless it stood still. */
  pass(shard: number, on: () => void): void;
  /** Lets others have what it heard, at once. */
  stop(): Promise<void>;
}

/**
 * Shares the shards with all other gateways of the record, by one lease for all that are this process's: the plan is read and
 * written once in each period. While the record is away nobody can take them, and who was late for that takes none. `hear`
 * resolves once the connections of all other shards are closed.
 */
export function keepShare(deps: {
  store: Pick<Store, 'plans' | 'now'>;
  /** Of the plan. */
  name: string;
  /** The total where nobody is connected. */
  recommended: number;
  hear: (share: Share) => Promise<void>;
  clock: Clock;
  log: Pick<Log, 'info' | 'warn'>;
}): KeptShare {
  const { store, name, recommended, hear, clock, log } = deps;
  const shared = { plans: store.plans, name, clock };
  const me = randomBytes(8).toString('hex');
  const ending = new AbortController();
  let has: Share = { shards: [], total: 0 };
  let heldUntil: number | undefined;
  let takesNothingUntil = Number.NEGATIVE_INFINITY;
  let looking: Promise<SharedOut> | undefined;
  let isWhole = false;
  let isAway = false;

  async function renewed(): Promise<SharedOut> {
    const { askedAt, ...out } = await changePlan((seen, askedAt) => {
      if (heldUntil !== undefined && askedAt > heldUntil) takesNothingUntil = askedAt + LEASE_MS;
      const wasLate = askedAt < takesNothingUntil;
      const mine = { me, has, recommended, now: store.now(), leaseMs: LEASE_MS, wasLate };
      return { askedAt, ...shareOut(seen, mine) };
    }, shared);
    heldUntil = askedAt + LEASE_MS;
    return out;
  }

  async function looked(): Promise<SharedOut> {
    const out = await renewed();
    // What is let go is not heard again by a look that began before.
    ending.signal.throwIfAborted();
    const before = shareWords(has);
    isWhole = !out.isHungry;
    await hear(out.mine);
    has = out.mine;
    if (shareWords(has) !== before) log.info(`Discord: this process hears ${shareWords(has)}`);
    return out;
  }

  /** One look for all who ask meanwhile. */
  function look(): Promise<SharedOut> {
    looking ??= looked().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  /** One look that was asked for from now on: another may be under way since before this process stood still. */
  async function lookAnew(): Promise<void> {
    await look();
    if (!isHeld()) await look();
  }

  const isHeld = (): boolean => heldUntil !== undefined && clock.now() < heldUntil;

  function waitMs({ isSurplus, isHungry, nextEndMs }: SharedOut): number {
    if (isSurplus) return 0;
    return isHungry ? SOON_MS : Math.min(RENEW_MS, Math.max(nextEndMs, 0) + SOON_MS);
  }

  async function keep(): Promise<void> {
    while (!ending.signal.aborted) {
      const wait = await look().then(
        (out) => {
          isAway = false;
          return waitMs(out);
        },
        (error: unknown) => {
          if (!isAway && !ending.signal.aborted)
            log.warn({ err: error }, 'Discord: the lease of the shards could not be prolonged');
          isAway = true;
          return RENEW_MS;
        },
      );
      await clock.sleep(wait, ending.signal);
    }
  }

  const keeping = keep();
  return {
    share: () => has,
    isWhole: () => isWhole,
    pass(shard, on) {
      if (isHeld()) return on();
      // Another may hear it by now.
      const word = settleWithin(lookAnew(), WORD_MS, clock).catch(() => {});
      void word.then(() => has.shards.includes(shard) && on());
    },
    async stop() {
      ending.abort();
      await settleWithin(keeping, GOODBYE_MS, clock);
      await hear({ shards: [], total: has.total });
      const released = changePlan((seen) => seen && { plan: without(seen, me) }, shared);
      await settleWithin(released, GOODBYE_MS, clock).catch(() => {});
    },
  };
}
