import { z } from 'zod';
import { leastTaskId, type Task } from '../../task/task.ts';
import { type Cut, cutOf, idsWithWords, wordsOf } from '../clips.ts';
import { key, keyIfAny, placeKey } from '../keys.ts';
import type { ClipFilter, Pages } from '../tasks.ts';
import type { MongoClaimDeps } from './claims.ts';
import { readable } from './document.ts';
import { type ClipQuery, find, type Query } from './queries.ts';

const sceneSchema = z
  .object({ _id: z.string(), createdAt: z.number(), fixed: z.object({ scene: z.string() }) })
  .transform(({ _id: id, createdAt, fixed: { scene } }) => ({ id, createdAt, scene }));

const queryOf = ({ in: where, by, isStarred }: ClipFilter): ClipQuery =>
  'person' in where
    ? { requester: key(where.person), isStarred }
    : { place: placeKey(where), requester: keyIfAny(by), isStarred };

/** Pages of tasks, each by an index. */
export function createPages({ tasks, log }: MongoClaimDeps): Pages {
  /** A limit of none is no limit to the server. */
  const read = async (query: Query): Promise<Task[]> =>
    (query.limit ?? 0) < 1 ? [] : readable(await tasks.find(query), log);

  async function byIds(ids: string[]): Promise<Task[]> {
    const byId = new Map((await read(find.byIds(ids))).map((task) => [task.id, task]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  return {
    conversation: (place, page) => read(find.conversation(placeKey(place), page)),

    async clips(filter, page) {
      const of = queryOf(filter);
      const words = wordsOf(filter);
      if (!words) return read(find.clips(of, page.limit, cutOf(page)));
      const scenes = async (limit: number, before: Cut | undefined) =>
        z.array(sceneSchema).parse(await tasks.find(find.scenes(of, limit, before)));
      return byIds(await idsWithWords(words, page, scenes));
    },

    story: (id, { limit, after }) => read(find.story(id, limit, cutOf({ limit, before: after }))),
    ofPerson: (person, page) => read(find.ofPerson(key(person), page)),
    starredBy: (person, page) => read(find.starredBy(person, page)),
    since: (instant, limit) => read(find.since(leastTaskId(instant), limit)),
    showsOf: (id, limit) => read(find.shows(id, limit)),
  };
}
