import { key, keyIfAny, placeKeyIfAny } from '../keys.ts';
import type { Look, LookFor } from '../look.ts';
import type { Whose } from '../tasks.ts';
import { askAll, type Question, searching } from './ask-all.ts';
import { countIn } from './collection.ts';
import type { MongoDb } from './db.ts';
import { toTask } from './document.ts';
import { count, find } from './queries.ts';
import { moderatedIn, moderatedSince, ofRequest } from './spend.ts';

/** As tasks are searched by. */
export const whose = ({ provider, person, place }: Whose) => ({
  provider: key(provider),
  requester: keyIfAny(person),
  place: placeKeyIfAny(place),
});

/** What admission asks, in one round trip. */
export function createLook(db: MongoDb): (wanted: LookFor) => Promise<Look> {
  return async ({ requestKey, request, underWay, moderated }) => {
    const questions: Record<string, Question> = {};
    if (requestKey !== undefined)
      questions.task = { of: 'tasks', stages: searching(find.byRequestKey(key(requestKey))) };
    if (request !== undefined)
      questions.asked = {
        of: 'spend',
        stages: searching({ filter: ofRequest(key(request)), limit: 1, fields: { _id: 1 } }),
      };
    for (const [n, of] of underWay.entries())
      if (of) questions[`under way ${n}`] = { of: 'tasks', stages: count.underWay(whose(of)) };
    if (moderated)
      questions.moderated = { of: 'spend', stages: moderatedSince(moderated.since, key(moderated.person)) };
    const answers = await askAll(db, questions);
    const [task] = answers('task');
    return {
      task: task ? toTask(task) : undefined,
      wasAsked: answers('asked').length > 0,
      underWay: underWay.map((_, n) => countIn(answers(`under way ${n}`))),
      moderated: moderatedIn(answers('moderated')),
    };
  };
}
