import { z } from 'zod';
import { type NewTask, personOf } from '../../task/task.ts';
import { key } from '../keys.ts';
import { nextRank } from '../tasks.ts';
import { askAll, type Question, searching } from './ask-all.ts';
import type { MongoDb } from './db.ts';
import { find, type Query } from './queries.ts';

const rankSchema = z.object({ rank: z.number() });
const providerOf = ({ provider }: NewTask): string => key(provider);
const laneOf = ({ provider, requester }: NewTask): string => `${key(provider)} ${key(personOf(requester))}`;

/** What the ranks of a batch follow from, by name: of each provider the first task, of each person their last one. */
function questionsOf(batch: NewTask[]): Record<string, Question> {
  const questions: Record<string, Question> = {};
  const ask = (name: string, query: Query) => {
    questions[name] ??= { of: 'tasks', stages: searching(query) };
  };
  for (const task of batch) {
    const provider = providerOf(task);
    ask(`running ${provider}`, find.highestRank({ provider, stage: 'running' }));
    ask(`waiting ${provider}`, find.lowestRank({ provider, stage: 'waiting' }));
    const own = { provider, requester: key(personOf(task.requester)) };
    for (const stage of ['waiting', 'running'] as const)
      ask(`own ${stage} ${laneOf(task)}`, find.highestRank({ ...own, stage }));
  }
  return questions;
}

/** Ranks as `nextRank` gives them, for a batch of new tasks at once, by one question. Returns them in order, each with its rank. */
export const createRanks =
  (db: MongoDb) =>
  async (batch: NewTask[]): Promise<{ task: NewTask; rank: number }[]> => {
    const answers = await askAll(db, questionsOf(batch));
    const rankOf = (name: string): number | undefined => {
      const [found] = answers(name);
      return found ? rankSchema.parse(found).rank : undefined;
    };
    const lasts = new Map<string, number>();
    return batch.map((task) => {
      const [provider, lane] = [providerOf(task), laneOf(task)];
      const first = rankOf(`running ${provider}`) ?? rankOf(`waiting ${provider}`) ?? 0;
      const own = Math.max(rankOf(`own waiting ${lane}`) ?? -1, rankOf(`own running ${lane}`) ?? -1);
      const rank = nextRank(lasts.get(lane) ?? own, first);
      lasts.set(lane, rank);
      return { task, rank };
    });
  };
