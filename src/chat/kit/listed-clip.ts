import { starsOf } from '../../../commands/star.ts';
import { messagesFor } from '../../messages/messages.ts';
import type { Tasks } from '../../store/tasks.ts';
import type { Task } from '../../task/task.ts';

/** Whose a clip is: of what is shown once more, the person's who made it; where that is gone, theirs who showed it. */
export async function authorOf(task: Task, tasks: Pick<Tasks, 'get'>): Promise<Task['requester']> {
  const original = task.shows === undefined ? undefined : await tasks.get(task.shows);
  return (original ?? task).requester;
}

/** What a list says of a clip beside its scene: how long it has been there (delivered, or else asked for), and its stars. */
export function listedFacts(task: Task, { now, locale }: { now: number; locale: string }): string[] {
  const words = messagesFor(locale);
  const age = words.clips.ago(Math.max(0, now - (task.at.delivered ?? task.at.received ?? now)));
  const stars = starsOf(task);
  return stars > 0 ? [age, words.actions.star.counted(stars)] : [age];
}
