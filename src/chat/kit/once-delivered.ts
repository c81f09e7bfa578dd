import type { Store } from '../../store/store.ts';
import type { Task } from '../../task/task.ts';
import type { Clock } from '../../util/clock.ts';
import { retry } from '../../util/retry.ts';

const BACKOFF = { baseMs: 250, maxMs: 2_000 };
/** Some ten seconds. */
const MAX_TRIES = 8;

/**
 * The task of a clip that somebody sees: right after it was sent its record says for a moment that it is being sent.
 * Undefined where it is gone, or not delivered after a while.
 */
export async function onceDelivered(
  id: string,
  { store, clock }: { store: { tasks: Pick<Store['tasks'], 'get'> }; clock: Clock },
): Promise<Task | undefined> {
  const task = await retry(() => store.tasks.get(id), {
    clock,
    backoff: BACKOFF,
    when: (task, tries) => task?.state === 'delivering' && tries < MAX_TRIES,
  });
  return task?.state === 'delivered' ? task : undefined;
}
