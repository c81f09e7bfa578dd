import type { Task } from '../src/task/task.ts';

/** The answer of a command or an action: a few kinds, each shown once by each platform. */
export type Reply =
  /** The task is on record; `created` is false where it was already. */
  | { type: 'taken'; task: Task; created: boolean }
  | { type: 'refused'; text: string }
  | { type: 'done'; text: string }
  /** The task, its picture and its clip are forgotten: what was shown of it goes away. `task` as it was, if it still was. */
  | { type: 'deleted'; text: string; task?: Task }
  /** Asks for a scene; the answer comes back to the same action. `value`: what stands there already. */
  | { type: 'question'; title: string; text: string; value: string; task: Task; action: string }
  /** Asks which task; the choice is a press of the action. */
  | { type: 'choice'; text: string; action: string; tasks: readonly Task[] };
