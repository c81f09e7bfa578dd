import type { Button, Card } from '../chat/chat.ts';
import { messagesFor } from '../messages/messages.ts';
import { MAX_POSITION } from '../store/store.ts';
import { isOver, type Task } from '../task/task.ts';

/** A remaining time is told once this much of the work is done: before that it would be a guess. */
const MIN_PROGRESS_FOR_ETA = 0.1;

/** What the task's card should show now. `ahead`: queued tasks before it, from the store. */
export function cardOf(task: Task, now: number, ahead: number | undefined): Card {
  const words = messagesFor(task.locale);
  return {
    taskId: task.id,
    state: task.state,
    scene: task.scene,
    status: statusOf(task, now, ahead),
    ...(task.fitted?.notes.length ? { picture: words.notes(task.fitted.notes) } : {}),
    ...(task.state === 'rendering' && task.progress !== undefined ? { progress: task.progress } : {}),
    buttons: buttonsOf(task),
  };
}

function statusOf(task: Task, now: number, ahead: number | undefined): string {
  const { status, failure } = messagesFor(task.locale);
  switch (task.state) {
    case 'queued':
      if (ahead === undefined) return status.waiting;
      return status.queued({ count: Math.min(ahead, MAX_POSITION), more: ahead >= MAX_POSITION });
    case 'rendering':
      return status.rendering(task.progress, leftMs(task, now));
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
export const fingerprint = (card: Card): string => JSON.stringify(card);
