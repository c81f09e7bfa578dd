import { z } from 'zod';
import type { NewTask } from '../../task/task.ts';
import { key } from '../keys.ts';
import type { TaskCollection } from './collection.ts';
import { find, type Query } from './queries.ts';

type Lane = Pick<NewTask, 'provider' | 'requester'>;

const rankSchema = z.object({ rank: z.number() });
const nameOf = ({ provider, requester }: Lane): string => `${key(provider)} ${key(requester.id)}`;

/**
 * Start-time fair queueing: a person's next task ranks one behind their last unfinished one, yet never before what is
 * running now. So whoever has a hundred waiting delays the next person by nobody but those already running.
 */
export function createRanks(tasks: TaskCollection): (batch: Lane[]) => Promise<number[]> {
  async function rankOf(query: Query): Promise<number | undefined> {
    const [found] = await tasks.find(query);
    return found ? rankSchema.parse(found).rank : undefined;
  }

  async function virtual(provider: string): Promise<number> {
    return (await rankOf(find.runningRank(provider))) ?? (await rankOf(find.waitingRank(provider))) ?? 0;
  }

  async function last({ provider, requester }: Lane): Promise<number> {
    const own = (stage: 'waiting' | 'running') => rankOf(find.ownRank(key(provider), key(requester.id), stage));
    const [waiting = -1, running = -1] = await Promise.all([own('waiting'), own('running')]);
    return Math.max(waiting, running);
  }

  return async (batch) => {
    const providers = new Map(batch.map(({ provider }) => [key(provider), key(provider)]));
    const lanes = new Map(batch.map((task) => [nameOf(task), task]));
    const [virtuals, lasts] = await Promise.all([askedOfEach(providers, virtual), askedOfEach(lanes, last)]);
    return batch.map((task) => {
      const rank = Math.max(virtuals.get(key(task.provider)) ?? 0, (lasts.get(nameOf(task)) ?? -1) + 1);
      lasts.set(nameOf(task), rank);
      return rank;
    });
  };
}

const askedOfEach = async <T>(of: Map<string, T>, ask: (one: T) => Promise<number>): Promise<Map<string, number>> =>
  new Map(await Promise.all([...of].map(async ([name, one]) => [name, await ask(one)] as const)));
