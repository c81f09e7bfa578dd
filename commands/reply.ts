import type { Task } from '../src/task/task.ts';

/** What a command tells the person who gave it. */
export type Reply =
  /** The task is on record; `created` is false where it was already. */
  { type: 'taken'; task: Task; created: boolean } | { type: 'refused'; text: string } | { type: 'done'; text: string };
