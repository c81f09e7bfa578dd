import { z } from 'zod';
import { type NewTask, personOf } from '../../task/task.ts';
import { key } from '../keys.ts';
import { nextRank } from '../tasks.ts';
import type { TaskCollection } from './collection.ts';
import { find, type Query, type TaskStage } from './queries.ts';

const rankSchema = z.object({ rank: z.number() });
const providerOf = ({ provider }: NewTask): string => key(provider);
const laneOf = ({ provider, requester }: NewTask): string => `${key(provider)} ${key(personOf(requester))}`;

/** Ranks as `nextRank` gives them, for a batch of new tasks at once. */
export function createRanks(tasks: TaskCollection) {
  async function rankOf(query: Query): Promise<number | undefined> {
    const [found] = await tasks.find(query);
    return found ? rankSchema.parse(found).rank : undefined;
  }

  async function first({ provider: name }: NewTask): Promise<number> {
    const provider = key(name);
    const running = await rankOf(find.highestRank({ provider, stage: 'running' }));
    return running ?? (await rankOf(find.lowestRank({ provider, stage: 'waiting' }))) ?? 0;
  }

  async function last({ provider, requester }: NewTask): Promise<number> {
    const own = (stage: TaskStage) =>
      rankOf(find.highestRank({ provider: key(provider), requester: key(personOf(requester)), stage }));
    const [waiting = -1, running = -1] = await Promise.all([own('waiting'), own('running')]);
    return Math.max(waiting, running);
  }

  /** The tasks of one batch, in order, each with its rank. */
  return async (batch: NewTask[]): Promise<{ task: NewTask; rank: number }[]> => {
    const [firsts, lasts] = await Promise.all([askedOnce(batch, providerOf, first), askedOnce(batch, laneOf, last)]);
    return batch.map((task) => {
      const rank = nextRank(lasts.get(laneOf(task)), firsts.get(providerOf(task)));
      lasts.set(laneOf(task), rank);
      return { task, rank };
    });
  };
}

/** What is true of all that have a name in common, by that name. */
async function askedOnce(
  batch: NewTask[],
  nameOf: (task: NewTask) => string,
  ask: (task: NewTask) => Promise<number>,
): Promise<Map<string, number>> {
  const named = new Map(batch.map((task) => [nameOf(task), task]));
  return new Map(await Promise.all([...named].map(async ([name, task]) => [name, await ask(task)] as const)));
}
