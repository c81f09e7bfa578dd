import type { Store } from '../src/store/store.ts';
import { isOver } from '../src/task/task.ts';

/** So many clips one person may have shown in the last minute, or on their way to where they are shown. */
export const MOST_SHOWN = 5;
const WITHIN_MS = 60_000;
/** So many are made into other files at once, each of which takes a worker's run for as long. */
export const MOST_CONVERTED = 4;
/** People remembered. */
const MAX_PEOPLE = 10_000;

/** Bounds what one person shows: it costs nothing, but who could show without end could flood a chat. In each process. */
export function createShowLimit(store: Pick<Store, 'now' | 'tasks'>) {
  /** Instants, by the tasks that show a clip, by person; who showed something last comes last. */
  const shownBy = new Map<string, Map<string, number>>();

  const converted = new Set<string>();

  async function isDone(id: string): Promise<boolean> {
    const task = await store.tasks.get(id);
    return !task || isOver(task);
  }
  const isPast = async (id: string, at: number) => at <= store.now() - WITHIN_MS && (await isDone(id));

  return {
    /** False where it is one too many that is to become another file; else this task is counted. */
    async takeConversion(id: string): Promise<boolean> {
      if (converted.size >= MOST_CONVERTED)
        for (const each of [...converted]) if (await isDone(each)) converted.delete(each);
      if (converted.size >= MOST_CONVERTED) return false;
      converted.add(id);
      return true;
    },
    /** False where it is one too many; else this task is counted. */
    async take(person: string, id: string): Promise<boolean> {
      const shown = shownBy.get(person) ?? new Map<string, number>();
      if (shown.size >= MOST_SHOWN) for (const [id, at] of [...shown]) if (await isPast(id, at)) shown.delete(id);
      if (shown.size >= MOST_SHOWN) return false;
      shown.set(id, store.now());
      shownBy.delete(person);
      shownBy.set(person, shown);
      const [longestAgo] = shownBy.keys();
      if (shownBy.size > MAX_PEOPLE && longestAgo !== undefined) shownBy.delete(longestAgo);
      return true;
    },
  };
}
