import { canBeStopped, cancelAllAction } from '../../../commands/cancel.ts';
import { storyAction } from '../../../commands/story.ts';
import type { Action } from '../../../commands/table.ts';
import { messagesFor } from '../../messages/messages.ts';
import { isOver, type Task } from '../../task/task.ts';
import { withChanges } from '../../util/with-changes.ts';
import type { Card } from '../chat.ts';

const inState = (takes: readonly Task[], state: Task['state']): Task[] => takes.filter((take) => take.state === state);

/** The one of several takes that their card tells of: the first that is under way, or else that did not work, or the lead. */
export const toldOf = (takes: readonly Task[], lead: Task): Task =>
  takes.find((take) => !isOver(take)) ?? inState(takes, 'failed')[0] ?? lead;

/** Whether what is said of the cost of one is so for all that have ended: they failed for the same. */
export const costsAlike = (takes: readonly Task[], { failure: told }: Task): boolean =>
  takes.filter(isOver).every(({ failure }) => failure !== undefined && failure.type === told?.type);

/** The actions under the card of several takes: each clip has its own. */
export function actionsOf(takes: readonly Task[]): readonly Action[] | undefined {
  if (takes.some((take) => canBeStopped(take) && take.state !== 'unconfirmed' && !take.requests.cancel))
    return [cancelAllAction];
  if (!takes.every(isOver)) return [];
  return inState(takes, 'delivered').length > 0 ? [storyAction] : undefined;
}

/** The one card of several takes: how many came, and what becomes of the rest. `card`: of that which it tells of. */
export function cardOfTakes(takes: readonly Task[], { lead, card }: { lead: Task; card: Card }): Card {
  const words = messagesFor(lead.locale).takes;
  const [came, failed, cancelled] = (['delivered', 'failed', 'cancelled'] as const).map((state) =>
    inState(takes, state),
  );
  const counts = { came: came?.length ?? 0, failed: failed?.length ?? 0, cancelled: cancelled?.length ?? 0 };
  if (!takes.every(isOver)) {
    // The rest may not be on record yet.
    const total = lead.state === 'received' ? Math.max(takes.length, lead.take?.of ?? 0) : takes.length;
    return withChanges(card, { taskId: lead.id, status: words.underWay(counts, total, card.status) });
  }
  if (!came || counts.came === 0) return withChanges(card, { taskId: lead.id });
  return withChanges(card, {
    taskId: lead.id,
    state: 'delivered',
    status: words.ended(counts, counts.failed > 0 ? card.status : ''),
    clips: came.flatMap(({ sent }) => sent.clip ?? []),
  });
}
