import { z } from 'zod';
import { type NewTask, personOf } from '../../task/task.ts';
import { makeRoom } from '../../util/make-room.ts';
import { key } from '../keys.ts';
import { nextRank, type Standings } from '../tasks.ts';
import { searching } from './ask.ts';
import type { MongoDb } from './db.ts';
import { find, type Query } from './queries.ts';

/** People whose last rank is known here: those that are inserted while others ask. */
const MOST_LANES = 1_000;

const rankSchema = z.object({ rank: z.number() });

/** One person's tasks of one provider. */
interface Lane {
  provider: string;
  requester: string;
}
export const laneOf = ({ provider, requester }: Pick<NewTask, 'provider' | 'requester'>): Lane => ({
  provider: key(provider),
  requester: key(personOf(requester)),
});

export type Ranks = ReturnType<typeof createRanks>;

/** Ranks as `nextRank` gives them: asked for before the insert, and behind what this process inserts meanwhile. */
export function createRanks({ ask }: Pick<MongoDb, 'ask'>) {
  /** Batches of inserts that have ended. */
  let ended = 0;
  /** What was given last, by lane, and in which batch. */
  const given = new Map<string, { rank: number; batch: number }>();

  async function rankIn(query: Query): Promise<number | undefined> {
    const [found] = await ask({ of: 'tasks', stages: searching(query) });
    return found === undefined ? undefined : rankSchema.parse(found).rank;
  }

  return {
    async standings(lane: Lane): Promise<Standings> {
      const { provider } = lane;
      const batches = ended;
      const [running, waiting, ownWaiting = -1, ownRunning = -1] = await Promise.all([
        rankIn(find.highestRank({ provider, stage: 'running' })),
        rankIn(find.lowestRank({ provider, stage: 'waiting' })),
        rankIn(find.highestRank({ ...lane, stage: 'waiting' })),
        rankIn(find.highestRank({ ...lane, stage: 'running' })),
      ]);
      return { first: running ?? waiting ?? 0, own: Math.max(ownWaiting, ownRunning), batches };
    },
    /** For a task of the batch that is about to be inserted. */
    next(lane: Lane, { first, own, batches }: Standings): number {
      const name = `${lane.provider} ${lane.requester}`;
      const last = given.get(name);
      const isNewer = last !== undefined && last.batch > batches;
      const rank = nextRank(isNewer ? Math.max(own, last.rank) : own, first);
      given.delete(name);
      makeRoom(given, MOST_LANES);
      given.set(name, { rank, batch: ended + 1 });
      return rank;
    },
    /** The batch is on record, or is not. */
    end(): void {
      ended++;
    },
  };
}
