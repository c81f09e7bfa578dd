import { messagesFor } from '../../messages/messages.ts';
import type { Task } from '../../task/task.ts';

/** How long a clip has been there, in words: since it was delivered, or else asked for. */
export const clipAge = ({ at }: Task, { now, locale }: { now: number; locale: string }): string =>
  messagesFor(locale).clips.ago(Math.max(0, now - (at.delivered ?? at.received ?? now)));
