import type { Store } from '../../src/store/store.ts';
import type { Task } from '../../src/task/task.ts';

/** So many tasks are looked at, the newest. */
export const MAX_LOOKED_AT = 1_000;
const SHORT = 6;

/** A task as the owner reads and names it: by the end of its id. */
export const shortId = ({ id }: Pick<Task, 'id'>): string => id.slice(-SHORT);

/** The task of this id, or the only one lately whose id ends so. */
export async function taskNamed(named: string, { tasks }: Pick<Store, 'tasks'>): Promise<Task | undefined> {
  const end = named.toLowerCase();
  if (!/^[0-9a-f]{6,24}$/.test(end)) return undefined;
  if (end.length === 24) return tasks.get(end);
  const [only, ...others] = (await tasks.since(0, MAX_LOOKED_AT)).filter(({ id }) => id.endsWith(end));
  return others.length === 0 ? only : undefined;
}
