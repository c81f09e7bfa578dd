import { createQueue } from '../../util/queue.ts';

/** Runs work one at a time, in order, among what has the same name. */
export type Turns = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** What has waited longer for its turn is not begun: it throws what `late` makes. */
export function createTurns(patienceMs: number, late: () => Error): Turns {
  const queues = new Map<string, { run: ReturnType<typeof createQueue>; waiting: number }>();
  return async (name, work) => {
    const queue = queues.get(name) ?? { run: createQueue(), waiting: 0 };
    queues.set(name, queue);
    queue.waiting++;
    const asked = performance.now();
    try {
      return await queue.run(async () => {
        if (performance.now() - asked > patienceMs) throw late();
        return work();
      });
    } finally {
      queue.waiting--;
      if (queue.waiting === 0) queues.delete(name);
    }
  };
}
