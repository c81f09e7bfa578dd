import type { Spend, SpendFilter, Sum } from './spend.ts';
import type { Tasks, Whose } from './tasks.ts';

/** Whose clips are counted, as attempts and as tasks are searched by, and since which instants. */
export interface CountFor {
  spent: SpendFilter;
  waiting: Whose;
  since: number;
  /** What begins while it is counted began since then, whatever the clocks of other processes say. */
  lately: number;
}

/** What was spent, asked first, and what waits to be. */
export interface Count {
  spent: Sum;
  waiting: Sum;
  /** No attempt was opened between the two, which could be in neither. */
  isSure: boolean;
}

/** For a store that is asked as easily several times as once. */
export const countByParts =
  ({ tasks, spend }: { tasks: Pick<Tasks, 'waiting'>; spend: Pick<Spend, 'since' | 'opened'> }) =>
  async ({ spent, waiting, since, lately }: CountFor): Promise<Count> => {
    const before = await spend.opened(lately);
    const counted = { spent: await spend.since(since, spent), waiting: await tasks.waiting(waiting) };
    return { ...counted, isSure: (await spend.opened(lately)) === before };
  };
