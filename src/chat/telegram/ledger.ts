import type { Store } from '../../store/store.ts';
import type { Task } from '../../task/task.ts';
import type { Ledger } from '../chat.ts';

/** What is on record of a task's messages, for who is not the worker. */
export const ledgerOf = (task: Task, store: Store): Ledger => ({
  sent: task.sent,
  doubtful: false,
  record: async (kind, messageId) => (await store.tasks.recordSent(task.id, kind, messageId)) ?? messageId,
});
