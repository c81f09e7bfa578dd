import { randomBytes } from 'node:crypto';
import type { IIdentifyThrottler } from 'discord.js';
import type { Locks } from '../../../store/values.ts';
import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import { createNamedSemaphores } from '../../../util/semaphore.ts';
import type { createGatewayInformation } from './gateway-information.ts';

/** In each bucket one shard may identify in five seconds; a little more, as that is counted where it arrives. */
const BUCKET_MS = 5_500;
/** So often it is looked whether a bucket is free, or there are more sessions. */
const LOOK_MS = 500;
const LIMIT_LOOK_MS = 60_000;
/**
 * Of the 1,000 times a day that a bot may identify the last are never used: beyond them Discord ends all sessions and
 * takes the token away. One more is kept for each bucket: while this process's count is good another may identify in each.
 */
const KEPT_BACK = 10;

/**
 * Holds shards back until they may identify, in all processes of one record: by a lease on each bucket, and by what is left
 * of the day. Resuming asks for none of it.
 */
export function createIdentify(deps: {
  /** The bot's id: its buckets are its own. */
  bot: string;
  information: ReturnType<typeof createGatewayInformation>;
  locks: Pick<Locks, 'hold'>;
  clock: Clock;
  log: Pick<Log, 'warn' | 'error'>;
}): IIdentifyThrottler & { trouble(): string | undefined } {
  const { bot, information, locks, clock, log } = deps;
  const inBucket = createNamedSemaphores<number>();
  let used = { since: Number.NEGATIVE_INFINITY, times: 0 };
  let resetAt: number | undefined;

  /** Whether there is one; `takes`: which is used then. All of it at once, for other buckets ask at the same time. */
  const isLeft = async ({ takes = false } = {}): Promise<boolean> => {
    const { information: told, at } = await information();
    if (at > used.since) used = { since: at, times: 0 };
    const { remaining, reset_after, max_concurrency: buckets } = told.session_start_limit;
    const isLeft = remaining - used.times > KEPT_BACK + buckets;
    if (isLeft && takes) used.times += 1;
    if (!isLeft && resetAt === undefined) {
      resetAt = at + reset_after;
      log.error({ remaining }, `${words(resetAt)} What is connected stays so.`);
    }
    if (isLeft) resetAt = undefined;
    return isLeft;
  };

  /** False also where the record cannot say. */
  const holds = (bucket: number): Promise<boolean> =>
    locks
      .hold(`discord-identify:${bot}:${bucket}`, randomBytes(8).toString('hex'), BUCKET_MS)
      .catch((error: unknown) => {
        log.warn({ err: error }, 'Discord: whether a shard may connect could not be asked of the record');
        return false;
      });

  async function until(isSo: () => Promise<boolean>, everyMs: number, signal: AbortSignal): Promise<void> {
    while (!(await isSo())) {
      await clock.sleep(everyMs, signal);
      signal.throwIfAborted();
    }
  }

  return {
    async waitForIdentify(shard, signal) {
      const { information: told } = await information();
      const bucket = shard % told.session_start_limit.max_concurrency;
      await inBucket(bucket, async () => {
        signal.throwIfAborted();
        // No bucket is held in vain, and none is left to be used that others used meanwhile.
        do {
          await until(isLeft, LIMIT_LOOK_MS, signal);
          await until(() => holds(bucket), LOOK_MS, signal);
        } while (!(await isLeft({ takes: true })));
      });
    },
    trouble: () => (resetAt === undefined ? undefined : words(resetAt)),
  };
}

/** Leases of a process that has the record to itself. */
export function locksOfOne(clock: Clock): Pick<Locks, 'hold'> {
  const until = new Map<string, number>();
  return {
    async hold(name, _owner, ms) {
      if ((until.get(name) ?? 0) > clock.now()) return false;
      until.set(name, clock.now() + ms);
      return true;
    },
  };
}

const words = (resetAt: number): string =>
  `Discord lets the bot make no new connections until ${new Date(resetAt).toISOString().slice(11, 16)} UTC: it has made too many since yesterday.`;
