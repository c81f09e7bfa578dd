import type { Action } from '../../../commands/table.ts';
import { messagesFor } from '../../messages/messages.ts';
import { setupTrouble } from '../../providers/key-parking.ts';
import type { Provider } from '../../providers/provider.ts';
import type { Store } from '../../store/store.ts';
import { MAX_POSITION } from '../../store/tasks.ts';
import type { Task } from '../../task/task.ts';
import type { Button, Card } from '../chat.ts';

/** A remaining time is told once this much of the work is done: before that it would be a guess. */
const MIN_PROGRESS_FOR_ETA = 0.1;

/** How a queued task stands in its queue. */
export interface QueueView {
  /** Tasks before it, counted to `MAX_POSITION`. */
  ahead: number;
  /** Nothing can be started before the keys or the model are looked after. */
  stuck: boolean;
}

/** The view of tasks that people have: cards, and the buttons under them. */
export type CardView = ReturnType<typeof createCardView>;

export function createCardView({
  store,
  providers,
  actions,
}: {
  store: Store;
  providers: readonly Provider[];
  actions: readonly Action[];
}) {
  return {
    buttons: (task: Task) => buttonsOf(task, actions),
    /** The card of a task as it stands now. */
    async current(task: Task): Promise<Card> {
      if (task.state !== 'queued') return cardOf(task, store.now(), { actions });
      const provider = providers.find(({ name }) => name === task.provider);
      const stuck = provider !== undefined && (await setupTrouble(provider, store.cooldowns)) !== undefined;
      return cardOf(task, store.now(), { actions, queue: { ahead: await store.tasks.ahead(task), stuck } });
    },
  };
}

/** The task's card as it should be now; `queue` where it is queued. */
export function cardOf(
  task: Task,
  now: number,
  { actions, queue }: { actions: readonly Action[]; queue?: QueueView },
): Card {
  const words = messagesFor(task.locale);
  return {
    taskId: task.id,
    state: task.state,
    scene: task.scene || words.wordless,
    status: statusOf(task, now, queue),
    picture: task.fitted?.notes.length ? words.notes(task.fitted.notes) : undefined,
    progress: task.state === 'rendering' ? task.progress : undefined,
    buttons: buttonsOf(task, actions),
  };
}

function statusOf(task: Task, now: number, queue: QueueView | undefined): string {
  const { status, failure } = messagesFor(task.locale);
  switch (task.state) {
    case 'queued':
      if (!queue) return status.waiting;
      if (queue.stuck) return status.keysTrouble;
      return status.queued({ count: queue.ahead, more: queue.ahead >= MAX_POSITION });
    case 'rendering':
      return task.late ? status.late : status.rendering(task.progress, leftMs(task, now));
    case 'ready':
    case 'delivering':
      return status.ready;
    case 'failed':
      return task.failure ? failure(task.failure, task.cost) : status.failed;
    default:
      return status[task.state];
  }
}

function leftMs(task: Task, now: number): number | undefined {
  const since = task.at.rendering;
  if (since === undefined || task.progress === undefined || task.progress < MIN_PROGRESS_FOR_ETA) return undefined;
  return ((now - since) * (1 - task.progress)) / task.progress;
}

/** The buttons under a task as it is now, in the language of the person who asked for it. */
export const buttonsOf = (task: Task, actions: readonly Action[]): Button[] =>
  actions
    .filter((action) => action.isOffered(task))
    .map(({ id, words, style }) => ({ action: id, label: words(task.locale).label, style }));

/** Two cards with the same fingerprint look the same. */
export const fingerprint = (card: Card): string => JSON.stringify(card);
