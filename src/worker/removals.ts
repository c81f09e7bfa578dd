import type { Messenger } from '../chat/chat.ts';
import type { Store } from '../store/store.ts';
import type { Removal } from '../store/values.ts';
import { backoffMs } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { withDeadline } from '../util/with-deadline.ts';

const LOOK_MS = 5_000;
/** Looked at, at once. */
const MAX_OPEN = 100;
const TIMEOUT_MS = 30_000;
/** Some two days of trying, which is as long as Telegram lets a bot take its messages away. */
const MAX_TRIES = 58;
const BACKOFF = { baseMs: 5_000, maxMs: 3_600_000 };

/** Takes away what was promised to be, until it is, also after a restart. Returns when stopped. */
export async function keepRemoving(
  {
    store,
    messengers,
    clock,
    random,
    trouble,
    log,
    tickMs = 0,
  }: {
    store: Pick<Store, 'now' | 'removals'>;
    messengers: readonly Messenger[];
    clock: Clock;
    random: () => number;
    trouble: (error: unknown, what: string) => void;
    log: Pick<Log, 'warn'>;
    /** As the worker's: no sooner than that. */
    tickMs?: number;
  },
  stopping: AbortSignal,
): Promise<void> {
  async function attempt(removal: Removal): Promise<void> {
    const { id, platform, sent, tries } = removal;
    const messenger = messengers.find((each) => each.platform === platform);
    const takeAway = messenger?.takeAway;
    // One of a platform that is not configured now may be again.
    if (messenger && !takeAway) return store.removals.done(id);
    if (!takeAway) return;
    const gone = await withDeadline(TIMEOUT_MS, stopping, (signal) => takeAway(sent, signal));
    if (gone.outcome === 'shown' || gone.outcome === 'impossible' || tries >= MAX_TRIES) return store.removals.done(id);
    log.warn({ reason: gone.reason, tries }, 'messages could not be taken away yet');
    const toldMs = gone.outcome === 'retry' ? (gone.retryAfterMs ?? 0) : 0;
    const waitMs = Math.max(toldMs, backoffMs(tries, BACKOFF, random));
    await store.removals.put({ id, platform, sent, dueAt: store.now() + waitMs, tries: tries + 1 });
  }

  while (!stopping.aborted) {
    try {
      const open = await store.removals.open(MAX_OPEN);
      for (const removal of open) if (removal.dueAt <= store.now() && !stopping.aborted) await attempt(removal);
    } catch (error) {
      trouble(error, 'messages that were promised to be taken away could not be looked after');
    }
    await clock.sleep(Math.max(LOOK_MS, tickMs), stopping);
  }
}
