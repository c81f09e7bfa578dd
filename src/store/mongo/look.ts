import { key, keyIfAny, placeKeyIfAny } from '../keys.ts';
import type { Look, LookFor } from '../look.ts';
import type { Whose } from '../tasks.ts';
import { searching } from './ask.ts';
import { countIn } from './collection.ts';
import type { MongoDb } from './db.ts';
import { toTask } from './document.ts';
import { count, find } from './queries.ts';
import { laneOf, type Ranks } from './ranks.ts';
import { moderatedIn, moderatedSince, ofRequest } from './spend.ts';

/** As tasks are searched by. */
export const whose = ({ provider, person, place }: Whose) => ({
  provider: key(provider),
  requester: keyIfAny(person),
  place: placeKeyIfAny(place),
});

/** What admission asks, in one round trip. */
export const createLook =
  ({ db: { ask }, ranks }: { db: Pick<MongoDb, 'ask'>; ranks: Ranks }) =>
  async ({ requestKey, request, underWay, moderated, next }: LookFor): Promise<Look> => {
    const [[task], asked, counts, refused, standings] = await Promise.all([
      requestKey === undefined ? [] : ask({ of: 'tasks', stages: searching(find.byRequestKey(key(requestKey))) }),
      request === undefined
        ? []
        : ask({ of: 'spend', stages: searching({ filter: ofRequest(key(request)), limit: 1, fields: { _id: 1 } }) }),
      Promise.all(underWay.map((of) => (of ? ask({ of: 'tasks', stages: count.underWay(whose(of)) }) : []))),
      moderated ? ask({ of: 'spend', stages: moderatedSince(moderated.since, key(moderated.person)) }) : [],
      next && ranks.standings(laneOf(next)),
    ]);
    return {
      task: task ? toTask(task) : undefined,
      wasAsked: asked.length > 0,
      underWay: counts.map(countIn),
      moderated: moderatedIn(refused),
      standings,
    };
  };
