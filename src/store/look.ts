import type { NewTask, Task } from '../task/task.ts';
import type { Spend } from './spend.ts';
import type { Standings, Tasks, Whose } from './tasks.ts';

/** What admission asks of the record about one request. */
export interface LookFor {
  requestKey?: string;
  /** The hash of its key, as rows of what was spent have it. */
  request?: string;
  /** Whose tasks under way are counted; undefined: no limit holds, so none are. */
  underWay: readonly (Whose | undefined)[];
  /** Whose attempts are looked through for those that moderation refused, by the hash of the person, and since when. */
  moderated?: { person: string; since: number };
  /** Whose task is to be inserted right after. */
  next?: Pick<NewTask, 'provider' | 'requester'>;
}

/** The same, as it stands on record at one moment or within a few. */
export interface Look {
  /** The request's task, where it was told before. */
  task?: Task;
  /** There was an attempt for it, also where its task is gone since. */
  wasAsked: boolean;
  /** In the order asked. */
  underWay: number[];
  moderated: { count: number; lastAt: number | undefined };
  /** To be given to the insert; absent where a store's insert looks by itself. */
  standings?: Standings;
}

/** For a store that is asked as easily several times as once. */
export const lookByParts =
  ({ tasks, spend }: { tasks: Pick<Tasks, 'byRequestKey' | 'underWay'>; spend: Pick<Spend, 'knows' | 'moderated'> }) =>
  async ({ requestKey, request, underWay, moderated }: LookFor): Promise<Look> => ({
    task: requestKey === undefined ? undefined : await tasks.byRequestKey(requestKey),
    wasAsked: request !== undefined && (await spend.knows(request)),
    underWay: await Promise.all(underWay.map((of) => (of ? tasks.underWay(of) : 0))),
    moderated: moderated ? await spend.moderated(moderated.since, moderated.person) : { count: 0, lastAt: undefined },
  });
