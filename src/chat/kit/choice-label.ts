import { messagesFor } from '../../messages/messages.ts';
import type { Task } from '../../task/task.ts';

/** What a person chooses a task by: its scene, or where that is covered, since when it is there. */
export function choiceLabel({ scene, options, locale, at }: Task, now: number): string {
  const { request, wordless } = messagesFor(locale);
  return options.spoiler ? request.coveredScene(now - (at.received ?? now)) : scene || wordless;
}
