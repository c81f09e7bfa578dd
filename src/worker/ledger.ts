import { cardHolderOf } from '../../commands/takes.ts';
import type { Ledger } from '../chat/chat.ts';
import type { Store } from '../store/store.ts';
import type { Task } from '../task/task.ts';

export interface LedgerContext {
  store: Store;
  owner: string;
  enteredThisRun: boolean;
  /** Whether the message is still to be shown. */
  isWanted?: () => boolean;
}

/** The messages of a task on record now: the card's may have come after the task was read. Undefined where it was removed. */
export async function ledgerOf(task: Task, context: LedgerContext): Promise<Ledger | undefined> {
  const { tasks } = context.store;
  const now = await tasks.get(task.id);
  const leadCard = now && (await cardHolderOf(now, context.store))?.sent.card;
  return now && Object.assign(ledgerFrom(now, context), { leadCard });
}

/** The messages of a task that was just read. `doubtful` where an earlier call may have shown something. */
export function ledgerFrom(
  { id, sent, locale, requester: { id: person }, place: { platform } }: Task,
  { store, owner, enteredThisRun, isWanted = () => true }: LedgerContext,
): Ledger {
  return {
    sent,
    doubtful: !enteredThisRun,
    reread: async () => (isWanted() ? (await store.tasks.get(id))?.sent : undefined),
    async record(kind, messageId) {
      const held = await store.tasks.recordSent(id, kind, messageId, owner);
      if (held !== undefined) return held;
      // The task was removed meanwhile, with the messages on record: this one goes after them.
      const removal = {
        id: `${id} ${kind}`,
        platform,
        person,
        locale,
        sent: { [kind]: messageId },
        dueAt: store.now(),
        tries: 0,
      };
      await store.removals.put(removal);
      return messageId;
    },
  };
}
