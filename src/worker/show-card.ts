import type { Card, Messenger } from '../chat/chat.ts';
import { type CardView, fingerprint } from '../chat/kit/card-view.ts';
import type { Store } from '../store/store.ts';
import type { Task } from '../task/task.ts';
import { backoffMs } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';
import { withDeadline } from '../util/with-deadline.ts';
import { ledgerFrom } from './ledger.ts';

const EDIT_TIMEOUT_MS = 15_000;
/** So long a task is shown as it was offered. */
const FRESH_MS = 250;
/** A card that was refused is tried again after ten seconds at the soonest; or when the platform says. */
const RETRY = { baseMs: 20_000, maxMs: 1_200_000 };

/** A task's card, as far as this process has shown it. */
export interface ShownCard {
  taskId: string;
  /** The task as it is to be shown. It is read anew where its turn comes later, for it may have moved on. */
  offered: Task | undefined;
  /** On the process's clock; of one as it was recorded, when it was. */
  offeredAt: number;
  /** What was put on record of its messages by this process. */
  recorded: Record<string, string>;
  shown: string | undefined;
  /** A call may have made a card that is not on record. */
  doubtful: boolean;
  /** On the process's clock. */
  nextAt: number;
  /** In a row. */
  refusals: number;
  /** So often the card was edited. */
  edits: number;
  /** What it shows that is news when it changes, and when it may be changed then: sooner than more of the same. */
  news?: string;
  soonAt: number;
  /** Nothing of it is to be shown any more. */
  closed: AbortController;
}

/** The state, and the words, which their person may have changed. */
export const newsOf = ({ state, scene }: Task): string => `${state} ${scene}`;

/** A task as it stands, with its card. */
interface Found {
  task: Task;
  messenger: Messenger;
  card: Card;
}

export interface ShowDeps {
  store: Store;
  messengerOf: (task: Task) => Messenger | undefined;
  cardView: Pick<CardView, 'shown'>;
  clock: Clock;
  random: () => number;
  owner: string;
}

/** Shows a card as it was offered last; where that fails for now it is offered again. */
export function createShowCard(deps: ShowDeps): (entry: ShownCard) => Promise<void> {
  const { store, messengerOf, cardView, clock, random, owner } = deps;

  /** Has a card that certainly was not shown tried again: the task's next save may be a long render away. */
  function later(entry: ShownCard, task: Task, toldMs = 0): void {
    const isTold = entry.refusals === 0 && toldMs > 0;
    const waitMs = isTold ? toldMs : Math.max(toldMs, backoffMs(entry.refusals, RETRY, random));
    entry.nextAt = Math.max(entry.nextAt, clock.now() + waitMs);
    entry.refusals++;
    entry.offered ??= task;
  }

  /** The card that is to be shown of a task, if any. */
  async function look(entry: ShownCard, offered: Task): Promise<Found | undefined> {
    try {
      const isFresh = clock.now() - entry.offeredAt < FRESH_MS;
      const task = isFresh ? offered : await store.tasks.get(entry.taskId);
      // Removed; or moved on, and then a newer offer shows it, here or in the process that moved it.
      if (task?.version !== offered.version) return undefined;
      const messenger = messengerOf(task);
      return messenger && { task, messenger, card: await cardView.shown(task, messenger) };
    } catch (error) {
      later(entry, offered);
      throw error;
    }
  }

  async function show(entry: ShownCard, { task, messenger, card }: Found): Promise<void> {
    const print = fingerprint(card);
    if (print === entry.shown) {
      entry.news = newsOf(task);
      return;
    }
    const isWanted = () => !entry.closed.signal.aborted;
    const { recorded } = entry;
    const ledger = ledgerFrom(task, { store, owner, enteredThisRun: !entry.doubtful, isWanted, recorded });
    entry.doubtful = true;
    const sent = await withDeadline(EDIT_TIMEOUT_MS, undefined, (signal) =>
      messenger.showCard(task, card, ledger, signal),
    );
    if (sent.outcome === 'shown')
      for (const [kind, value] of Object.entries(sent.sent ?? {})) await ledger.record(kind, value);
    if (sent.outcome !== 'unknown') entry.doubtful = ledger.doubtful && sent.outcome !== 'shown';
    const isFirst = entry.shown === undefined;
    if (sent.outcome === 'shown') {
      entry.shown = print;
      entry.news = newsOf(task);
    } // Otherwise the message may say either.
    else if (sent.outcome === 'unknown') entry.shown = undefined;
    if (sent.outcome === 'shown' && !isFirst) entry.edits++;
    entry.soonAt = clock.now() + messenger.editMs;
    entry.nextAt = clock.now() + messenger.editMs * (messenger.editsSlower ?? 1) ** entry.edits;
    // Whoever has seen no card waits for a word.
    if (sent.outcome === 'retry' || (sent.outcome === 'unknown' && isFirst)) later(entry, task, sent.retryAfterMs);
    else entry.refusals = 0;
  }

  return async (entry) => {
    const { offered } = entry;
    entry.offered = undefined;
    const found = offered && (await look(entry, offered));
    if (found) await show(entry, found);
  };
}
