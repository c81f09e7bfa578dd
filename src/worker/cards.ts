import { isOnOthersCard } from '../task/lineage.ts';
import { isOver, type Task } from '../task/task.ts';
import type { Log } from '../util/log.ts';
import { makeRoom } from '../util/make-room.ts';
import { createShowCard, newsOf, type ShowDeps, type ShownCard } from './show-card.ts';
import type { YieldWhileBusy } from './yield-while-busy.ts';

/** Cards waiting to be edited; past that the oldest wait is dropped (the next save offers it again). */
const MAX_CARDS = 1_000;

/** Keeps the cards of tasks under way roughly up to date, beside the steps and never in their way. */
export interface CardDesk {
  /** The task as it stands now: its card follows when it may. */
  offer(task: Task): void;
  /** What this desk has put on record of a task's messages; undefined where it knows nothing of the task. */
  recorded(taskId: string): Record<string, string> | undefined;
  /**
   * Resolves when no edit of this task's card is under way, and none will follow. `doubtful`: a card may have been shown that
   * is not on record; `recorded`: as above, where nothing was under way.
   */
  close(taskId: string): Promise<{ doubtful: boolean; recorded?: Record<string, string> }>;
  /** Closes all, for good. */
  stop(): Promise<void>;
}

interface Entry extends ShownCard {
  running?: Promise<void>;
  /** A call for it is on its way; otherwise it waits. */
  isShowing: boolean;
  /** Ends a wait that has become shorter. */
  hurry: AbortController;
}

export function createCardDesk(deps: ShowDeps & { yieldWhileBusy: YieldWhileBusy; log: Log }): CardDesk {
  const { store, clock, messengerOf, yieldWhileBusy, log } = deps;
  const showCard = createShowCard(deps);
  const entries = new Map<string, Entry>();
  /** The newest version of each task that was offered, also where its end has closed its card since. */
  const newest = new Map<string, number>();
  let stopped = false;

  async function run(entry: Entry): Promise<void> {
    while (entry.offered !== undefined && !entry.closed.signal.aborted) {
      const wait = entry.nextAt - clock.now();
      if (wait > 0) await clock.sleep(wait, AbortSignal.any([entry.closed.signal, entry.hurry.signal]));
      if (entry.nextAt > clock.now() && !entry.closed.signal.aborted) continue;
      // A new task's first card may be the answer that its person waits for.
      const isFirst = entry.shown === undefined && !entry.doubtful;
      if (!isFirst) await yieldWhileBusy(entry.closed.signal);
      if (entry.closed.signal.aborted) return;
      entry.isShowing = true;
      await showCard(entry).finally(() => {
        entry.isShowing = false;
      });
    }
  }

  function kick(entry: Entry): void {
    entry.running ??= run(entry)
      .catch((error: unknown) => log.warn({ err: error, task: entry.taskId }, 'a card could not be shown'))
      .finally(() => {
        entry.running = undefined;
        if (entry.offered !== undefined && !entry.closed.signal.aborted) kick(entry);
      });
  }

  const close: CardDesk['close'] = async (taskId) => {
    const entry = entries.get(taskId);
    if (!entry) return { doubtful: false };
    entries.delete(taskId);
    entry.closed.abort();
    if (!entry.isShowing) return entry;
    await entry.running;
    // That may have taken long: what became of the task meanwhile is on record.
    return { doubtful: entry.doubtful };
  };

  /** A task may be told as recorded after it was claimed, moved on or ended: its person was told of it first. */
  function isOld({ id, version }: Task): boolean {
    if (version < (newest.get(id) ?? 0)) return true;
    newest.delete(id);
    makeRoom(newest, MAX_CARDS);
    newest.set(id, version);
    return false;
  }

  return {
    offer(task) {
      if (isOld(task)) return;
      // A clip that is shown once more has no card, and of several takes one may have that of all.
      const isOnOthers = isOnOthersCard(task) && !messengerOf(task)?.cardOfEachTake;
      if (stopped || isOver(task) || task.shows !== undefined || isOnOthers) return;
      let entry = entries.get(task.id);
      if (!entry) {
        const oldest = entries.keys().next();
        if (entries.size >= MAX_CARDS && !oldest.done) {
          entries.get(oldest.value)?.closed.abort();
          entries.delete(oldest.value);
        }
        // Since the first claim another process, or this one before a restart, may have made it.
        entry = {
          taskId: task.id,
          offered: undefined,
          offeredAt: 0,
          recorded: {},
          shown: undefined,
          doubtful: task.version > 0,
          nextAt: 0,
          refusals: 0,
          edits: 0,
          soonAt: 0,
          isShowing: false,
          hurry: new AbortController(),
          closed: new AbortController(),
        };
        entries.set(task.id, entry);
      }
      entry.offered = task;
      // What is told late another process may have moved on.
      const { version, at } = task;
      entry.offeredAt = clock.now() - (version === 0 ? store.now() - (at.received ?? 0) : 0);
      // What is no news can wait. What the platform said about waiting holds.
      if (newsOf(task) !== entry.news && entry.refusals === 0 && entry.soonAt < entry.nextAt) {
        entry.nextAt = entry.soonAt;
        entry.hurry.abort();
        entry.hurry = new AbortController();
      }
      kick(entry);
    },
    recorded: (taskId) => entries.get(taskId)?.recorded,
    close,
    async stop() {
      stopped = true;
      await Promise.all([...entries.keys()].map(close));
    },
  };
}
