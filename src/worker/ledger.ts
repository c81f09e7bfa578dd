import type { Ledger } from '../chat/chat.ts';
import type { Store } from '../store/store.ts';
import type { Task } from '../task/task.ts';

export interface LedgerContext {
  store: Store;
  owner: string;
  enteredThisRun: boolean;
}

/** The messages of a task on record now: the card's may have come after the task was read. Undefined where it was removed. */
export async function ledgerOf(task: Task, context: LedgerContext): Promise<Ledger | undefined> {
  const now = await context.store.tasks.get(task.id);
  return now && ledgerFrom(now, context);
}

/** The messages of a task that was just read. `doubtful` where an earlier call may have shown something. */
export function ledgerFrom({ id, sent }: Task, { store, owner, enteredThisRun }: LedgerContext): Ledger {
  return {
    sent,
    doubtful: !enteredThisRun,
    // A task that was removed meanwhile has no record; then this message is the one.
    record: async (kind, messageId) => (await store.tasks.recordSent(id, kind, messageId, owner)) ?? messageId,
  };
}
