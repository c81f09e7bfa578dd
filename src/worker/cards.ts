import type { Card, Messenger } from '../chat/chat.ts';
import { fingerprint, type MakeCard } from '../chat/kit/card-view.ts';
import type { Store } from '../store/store.ts';
import { isOver, type Task } from '../task/task.ts';
import { backoffMs } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { withDeadline } from '../util/with-deadline.ts';
import { ledgerFrom } from './ledger.ts';
import type { YieldWhileBusy } from './yield-while-busy.ts';

/** Cards waiting to be edited; past that the oldest wait is dropped (the next save offers it again). */
const MAX_CARDS = 1_000;
const EDIT_TIMEOUT_MS = 15_000;
/** A card that was refused is tried again after ten seconds at the soonest; or when the platform says. */
const RETRY = { baseMs: 20_000, maxMs: 1_200_000 };

/** Keeps the cards of tasks under way roughly up to date, beside the steps and never in their way. */
export interface CardDesk {
  /** The task as it stands now: its card follows when it may. */
  offer(task: Task): void;
  /**
   * Resolves when no edit of this task's card is under way, and none will follow: to true where a card may have been
   * shown that is not on record.
   */
  close(taskId: string): Promise<boolean>;
  /** Closes all, for good. */
  stop(): Promise<void>;
}

interface Entry {
  taskId: string;
  /** The task's version that is to be shown; the task itself is read when its turn comes, for many may wait. */
  offered: number | undefined;
  shown: string | undefined;
  /** A call may have made a card that is not on record. */
  doubtful: boolean;
  /** On the process's clock. */
  nextAt: number;
  /** In a row. */
  refusals: number;
  running?: Promise<void>;
  closed: AbortController;
}

/** A task as it stands, with its card. */
interface Found {
  task: Task;
  messenger: Messenger;
  card: Card;
}

export function createCardDesk(deps: {
  store: Store;
  messengerOf: (task: Task) => Messenger | undefined;
  makeCard: MakeCard;
  clock: Clock;
  random: () => number;
  yieldWhileBusy: YieldWhileBusy;
  owner: string;
  log: Log;
}): CardDesk {
  const { store, messengerOf, makeCard, clock, random, yieldWhileBusy, owner, log } = deps;
  const entries = new Map<string, Entry>();
  let stopped = false;

  async function run(entry: Entry): Promise<void> {
    while (entry.offered !== undefined && !entry.closed.signal.aborted) {
      const wait = entry.nextAt - clock.now();
      if (wait > 0) await clock.sleep(wait, entry.closed.signal);
      await yieldWhileBusy(entry.closed.signal);
      if (entry.closed.signal.aborted) return;
      const version: number = entry.offered;
      entry.offered = undefined;
      const found = await look(entry, version);
      if (found) await show(entry, found);
    }
  }

  /** Has a card that certainly was not shown tried again: the task's next save may be a long render away. */
  function later(entry: Entry, version: number, toldMs = 0): void {
    const isTold = entry.refusals === 0 && toldMs > 0;
    const waitMs = isTold ? toldMs : Math.max(toldMs, backoffMs(entry.refusals, RETRY, random));
    entry.nextAt = Math.max(entry.nextAt, clock.now() + waitMs);
    entry.refusals++;
    entry.offered ??= version;
  }

  /** The card that is to be shown of a task, if any. */
  async function look(entry: Entry, version: number): Promise<Found | undefined> {
    try {
      const task = await store.tasks.get(entry.taskId);
      // Removed; or moved on, and then a newer offer shows it, here or in the process that moved it.
      if (task?.version !== version) return undefined;
      const messenger = messengerOf(task);
      return messenger && { task, messenger, card: await makeCard(task) };
    } catch (error) {
      later(entry, version);
      throw error;
    }
  }

  async function show(entry: Entry, { task, messenger, card }: Found): Promise<void> {
    const print = fingerprint(card);
    if (print === entry.shown) return;
    const ledger = ledgerFrom(task, { store, owner, enteredThisRun: !entry.doubtful });
    entry.doubtful = true;
    const sent = await withDeadline(EDIT_TIMEOUT_MS, undefined, (signal) =>
      messenger.showCard(task, card, ledger, signal),
    );
    if (sent.outcome !== 'unknown') entry.doubtful = ledger.doubtful && sent.outcome !== 'shown';
    if (sent.outcome === 'shown') entry.shown = print;
    // Then the message may say either.
    else if (sent.outcome === 'unknown') entry.shown = undefined;
    entry.nextAt = clock.now() + messenger.editMs;
    if (sent.outcome === 'retry') later(entry, task.version, sent.retryAfterMs);
    else entry.refusals = 0;
  }

  function kick(entry: Entry): void {
    entry.running ??= run(entry)
      .catch((error: unknown) => log.warn({ err: error, task: entry.taskId }, 'a card could not be shown'))
      .finally(() => {
        entry.running = undefined;
        if (entry.offered !== undefined && !entry.closed.signal.aborted) kick(entry);
      });
  }

  async function close(taskId: string): Promise<boolean> {
    const entry = entries.get(taskId);
    if (!entry) return false;
    entries.delete(taskId);
    entry.closed.abort();
    await entry.running;
    return entry.doubtful;
  }

  return {
    offer(task) {
      if (stopped || isOver(task)) return;
      let entry = entries.get(task.id);
      if (!entry) {
        const oldest = entries.keys().next();
        if (entries.size >= MAX_CARDS && !oldest.done) {
          entries.get(oldest.value)?.closed.abort();
          entries.delete(oldest.value);
        }
        // A task that is claimed for the first time has no card yet.
        entry = {
          taskId: task.id,
          offered: undefined,
          shown: undefined,
          doubtful: task.version > 1,
          nextAt: 0,
          refusals: 0,
          closed: new AbortController(),
        };
        entries.set(task.id, entry);
      }
      entry.offered = task.version;
      kick(entry);
    },
    close,
    async stop() {
      stopped = true;
      await Promise.all([...entries.keys()].map(close));
    },
  };
}
