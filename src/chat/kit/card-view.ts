import { messagesFor } from '../../messages/messages.ts';
import { keyTrouble } from '../../providers/key-parking.ts';
import type { Provider } from '../../providers/provider.ts';
import { MAX_POSITION, type Store } from '../../store/store.ts';
import { isOver, type Task } from '../../task/task.ts';
import type { Button, Card } from '../chat.ts';

/** A remaining time is told once this much of the work is done: before that it would be a guess. */
const MIN_PROGRESS_FOR_ETA = 0.1;

/** How a queued task stands in its queue. */
export interface QueueView {
  /** Tasks before it, counted to `MAX_POSITION`. */
  ahead: number;
  /** Nothing can be started before somebody looks after the keys. */
  stuck: boolean;
}

/** Makes the card of a task as it stands now. */
export type MakeCard = (task: Task) => Promise<Card>;

export function createMakeCard({ store, providers }: { store: Store; providers: readonly Provider[] }): MakeCard {
  return async (task) => {
    if (task.state !== 'queued') return cardOf(task, store.now());
    const provider = providers.find(({ name }) => name === task.provider);
    const stuck = provider !== undefined && (await keyTrouble(provider, store.cooldowns)) !== undefined;
    return cardOf(task, store.now(), { ahead: await store.tasks.ahead(task), stuck });
  };
}

/** What the task's card should show now; `queue` where it is queued. */
export function cardOf(task: Task, now: number, queue?: QueueView): Card {
  const words = messagesFor(task.locale);
  const left = task.state === 'rendering' && !task.late ? leftMs(task, now) : undefined;
  return {
    taskId: task.id,
    state: task.state,
    scene: task.scene,
    status: statusOf(task, now, queue),
    ...(task.fitted?.notes.length ? { picture: words.notes(task.fitted.notes) } : {}),
    ...(task.state === 'rendering' && task.progress !== undefined ? { progress: task.progress } : {}),
    ...(left === undefined ? {} : { readyAt: now + left }),
    buttons: buttonsOf(task),
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
      return task.failure ? failure(task.failure) : status.failed;
    default:
      return status[task.state];
  }
}

function leftMs(task: Task, now: number): number | undefined {
  const since = task.at.rendering;
  if (since === undefined || task.progress === undefined || task.progress < MIN_PROGRESS_FOR_ETA) return undefined;
  return ((now - since) * (1 - task.progress)) / task.progress;
}

function buttonsOf(task: Task): Button[] {
  if (task.state === 'delivered') return ['again', 'edit', 'delete'];
  if (isOver(task)) return ['edit', 'delete'];
  if (task.state === 'unconfirmed') return ['retry', 'leave'];
  return task.state === 'ready' || task.state === 'delivering' ? [] : ['cancel'];
}

/** Two cards with the same fingerprint look the same. */
export const fingerprint = ({ readyAt: _, ...card }: Card): string => JSON.stringify(card);
