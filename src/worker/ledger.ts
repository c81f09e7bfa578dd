import { cardHolderOf } from '../../commands/takes.ts';
import type { Ledger } from '../chat/chat.ts';
import type { Store } from '../store/store.ts';
import { leadOf } from '../task/lineage.ts';
import type { Task } from '../task/task.ts';

export interface LedgerContext {
  store: Store;
  owner: string;
  enteredThisRun: boolean;
  /** Whether the message is still to be shown. */
  isWanted?: () => boolean;
  /** What this process put on record of the task's messages since it was read; what is put there by this ledger, too. */
  recorded?: Record<string, string>;
}

/**
 * The messages of a task on record now: the card's may have come after the task was read. Undefined where it was removed.
 * `recorded`: by the card's desk. Where that is known a task that this very run has saved is not read anew: what another
 * process records makes it due once more.
 */
export async function ledgerOf(
  task: Task,
  context: LedgerContext,
  recorded?: Record<string, string>,
): Promise<Ledger | undefined> {
  if (recorded && context.enteredThisRun && leadOf(task) === undefined)
    return ledgerFrom(task, Object.assign({}, context, { recorded }));
  const { tasks } = context.store;
  const now = await tasks.get(task.id);
  const leadCard = now && (await cardHolderOf(now, context.store))?.sent.card;
  return now && Object.assign(ledgerFrom(now, context), { leadCard });
}

/** The messages of a task that was just read. `doubtful` where an earlier call may have shown something. */
export function ledgerFrom(
  { id, sent, locale, requester: { id: person }, place: { platform } }: Task,
  { store, owner, enteredThisRun, isWanted = () => true, recorded = {} }: LedgerContext,
): Ledger {
  const readAt = performance.now();
  const known = Object.assign({}, sent, recorded);
  return {
    sent: known,
    doubtful: !enteredThisRun,
    async reread({ mayBeOldMs = 0 } = {}) {
      if (!isWanted()) return undefined;
      if (performance.now() - readAt < mayBeOldMs) return Object.assign({}, known, recorded);
      return (await store.tasks.get(id))?.sent;
    },
    async record(kind, messageId) {
      const held = await store.tasks.recordSent(id, kind, messageId, owner);
      if (held !== undefined) {
        recorded[kind] = held;
        return held;
      }
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
