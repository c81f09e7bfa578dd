import type { Store } from '../src/store/store.ts';
import { leadOf, storyOf } from '../src/task/lineage.ts';
import type { Task } from '../src/task/task.ts';

/** Takes that are made later come later in a story. */
const LOOKED_AT = 20;

/** What was asked for together with this task, in order: itself and the other takes, as far as they are there. */
export async function takesOf(task: Task, { tasks }: Pick<Store, 'tasks'>): Promise<Task[]> {
  if (!task.take) return [task];
  const lead = leadOf(task) ?? task.id;
  const story = await tasks.story(storyOf(task), { limit: LOOKED_AT });
  return story
    .filter(({ id, from, take }) => id === lead || (from === lead && take !== undefined))
    .map((each) => (each.id === task.id ? task : each))
    .toSorted((a, b) => numberOf(a) - numberOf(b));
}

const numberOf = ({ take }: Task): number => take?.number ?? 1;
