import type { mongo } from 'mongoose';
import { z } from 'zod';
import { askedTogether } from '../../util/asked-together.ts';
import type { Query, Stage } from './queries.ts';

/** What is asked of one collection. */
export interface Question {
  of: 'tasks' | 'spend' | 'kv';
  stages: Stage[];
}

/** Each returns the documents that are found. */
export interface Ask {
  ask(question: Question): Promise<unknown[]>;
  /** The same of several, in this order, and never in two round trips. */
  askInOrder(questions: Question[]): Promise<unknown[][]>;
}

/**
 * In one round trip, of which each question takes a few: Atlas refuses longer ones on its smallest clusters ("Pipeline length
 * greater than 50 not supported"). Whether those within others count it does not say, so they do.
 * https://www.mongodb.com/docs/atlas/reference/free-shared-limitations/
 */
const MOST_STAGES = 50;
/** In one answer: a server would send the first hundred and be asked for the rest. */
const BATCH = { batchSize: 10_000 };
/** Of an answer: to which question, by its place. */
const ASKED = 'asked for';
const answerSchema = z.looseObject({ [ASKED]: z.number() });

/** Of each its own, what marks its answers, and what it stands in. */
const stagesFor = (questions: Question[]): number => questions.reduce((sum, { stages }) => sum + stages.length + 2, 0);

/** A search as stages. */
export const searching = ({ filter, sort, limit, fields }: Query): Stage[] => [
  { $match: filter },
  ...(sort ? [{ $sort: sort }] : []),
  ...(limit === undefined ? [] : [{ $limit: limit }]),
  ...(fields ? [{ $project: fields }] : []),
];

/**
 * Asks things of which each finds little. What is asked in one turn of the event loop is one round trip, in which each has
 * its own plan, as if it were asked alone: `$unionWith` (MongoDB 4.4) does them one after the other, in the order asked.
 */
export function createAsk(native: mongo.Db, run: <T>(work: () => PromiseLike<T>) => Promise<T>): Ask {
  async function askAll(groups: Question[][]): Promise<unknown[][][]> {
    const questions = groups.flat();
    const [first, ...others] = questions.map(({ of, stages }, n) => ({
      of,
      stages: [...stages, { $set: { [ASKED]: { $literal: n } } }],
    }));
    if (!first) return [];
    const more = others.map(({ of: coll, stages: pipeline }) => ({ $unionWith: { coll, pipeline } }));
    const stages = [...first.stages, ...more];
    const found = await run(() => native.collection(first.of).aggregate(stages, BATCH).toArray());
    const answers: unknown[][] = questions.map(() => []);
    for (const document of found) answers[answerSchema.parse(document)[ASKED]]?.push(document);
    return groups.map(({ length }) => answers.splice(0, length));
  }

  const together = askedTogether(askAll, MOST_STAGES, stagesFor);
  const askInOrder: Ask['askInOrder'] = async (questions) => (await together(questions)) ?? [];
  return { askInOrder, ask: async (question) => (await askInOrder([question]))[0] ?? [] };
}
