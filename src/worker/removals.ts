import type { Messenger } from '../chat/chat.ts';
import { pages } from '../store/pages.ts';
import type { Store } from '../store/store.ts';
import type { Removal } from '../store/values.ts';
import { backoffMs } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { withChanges } from '../util/with-changes.ts';
import { withDeadline } from '../util/with-deadline.ts';
import { createRounds } from './rounds.ts';

/** What another process left is found so late at most. */
const LOOK_MS = 60_000;
/** The record did not answer. */
const FAILED_MS = 5_000;
/** Looked at, at once. */
const PAGE = 500;
/** Tried in a round, and for so long: then it is looked anew what is due. */
const MAX_TRIED = 200;
const ROUND_MS = 10_000;
const TIMEOUT_MS = 30_000;
/** Some two days of trying, which is as long as Telegram lets a bot take its messages away. */
const MAX_TRIES = 58;
/** Where the bot may not, some day of trying: permissions are soon mended. */
const MAX_SHUT_TRIES = 33;
/** As long is waited for a bot that is not set up now, and may be again. */
const MAX_ABSENT_MS = 48 * 3_600_000;
const BACKOFF = { baseMs: 5_000, maxMs: 3_600_000 };

export interface RemovalDeps {
  store: Pick<Store, 'now' | 'removals'>;
  messengers: readonly Messenger[];
  clock: Clock;
  random: () => number;
  trouble: (error: unknown, what: string) => void;
  log: Pick<Log, 'warn'>;
  /** As the worker's: no sooner than that. */
  tickMs?: number;
}

/** Takes away what was promised to be, until it is, also after a restart. */
export function createRemovals({ store, messengers, clock, random, trouble, log, tickMs = 0 }: RemovalDeps) {
  const messengerOf = ({ platform }: Removal) => messengers.find((each) => each.platform === platform);

  /** Returns when to try again. */
  async function attempt(removal: Removal, stopping: AbortSignal): Promise<number> {
    const { id, sent, locale, tries } = removal;
    const takeAway = messengerOf(removal)?.takeAway;
    if (!takeAway) {
      await store.removals.done(id);
      return Infinity;
    }
    const gone = await withDeadline(TIMEOUT_MS, stopping, (signal) => takeAway(sent, signal, locale));
    const most = gone.outcome === 'shut' ? MAX_SHUT_TRIES : MAX_TRIES;
    if (gone.outcome === 'shown' || gone.outcome === 'impossible' || tries >= most) {
      await store.removals.done(id);
      return Infinity;
    }
    log.warn({ reason: gone.reason, tries }, 'messages could not be taken away yet');
    const toldMs = gone.outcome === 'retry' ? (gone.retryAfterMs ?? 0) : 0;
    const waitMs = Math.max(toldMs, backoffMs(tries, BACKOFF, random));
    const dueAt = store.now() + waitMs;
    await store.removals.put(withChanges(removal, { dueAt, tries: tries + 1 }));
    return dueAt;
  }

  /** Of a bot that is not set up. */
  async function waitOrGiveUp({ id, platform, dueAt }: Removal, now: number): Promise<void> {
    if (now - dueAt < MAX_ABSENT_MS) return;
    await store.removals.done(id);
    log.warn({ platform }, 'messages stay where they are, as their bot is not set up here');
  }

  /** Those to try next, the ones that failed least first: however many are stuck, they hold up none that came since. */
  async function lookForDue(): Promise<{ due: readonly Removal[]; isAll: boolean; nextAt: number }> {
    const now = store.now();
    let nextAt = now + LOOK_MS;
    let due: Removal[] = [];
    let isAll = true;
    for await (const open of pages((last?: Removal) => store.removals.open(PAGE, last?.id))) {
      for (const removal of open)
        if (!messengerOf(removal)) await waitOrGiveUp(removal, now);
        else if (removal.dueAt <= now) due.push(removal);
        else nextAt = Math.min(nextAt, removal.dueAt);
      if (due.length <= MAX_TRIED) continue;
      isAll = false;
      due = due.sort((a, b) => a.tries - b.tries || a.dueAt - b.dueAt).slice(0, MAX_TRIED);
    }
    return { due, isAll, nextAt };
  }

  /** Tries those that are due. */
  async function tryDue(stopping: AbortSignal): Promise<number> {
    const { due, isAll, nextAt: others } = await lookForDue();
    const began = clock.now();
    let nextAt = others;
    let tried = 0;
    for (const removal of due) {
      if (stopping.aborted || clock.now() - began >= ROUND_MS) break;
      nextAt = Math.min(nextAt, await attempt(removal, stopping));
      tried++;
    }
    return isAll && tried === due.length ? Math.max(nextAt - store.now(), tickMs) : tickMs;
  }

  return createRounds({
    clock,
    round: tryDue,
    failed(error) {
      trouble(error, 'messages that were promised to be taken away could not be looked after');
      return Math.max(FAILED_MS, tickMs);
    },
  });
}
