import { z } from 'zod';
import type { MongoDb } from './db.ts';
import type { Query, Stage } from './queries.ts';

/** What is asked of one collection. */
export interface Question {
  of: 'tasks' | 'spend';
  stages: Stage[];
}

/** Of an answer: to which question. */
const ASKED = 'asked for';
const answerSchema = z.looseObject({ [ASKED]: z.string() });

/** A search as stages. */
export const searching = ({ filter, sort, limit, fields }: Query): Stage[] => [
  { $match: filter },
  ...(sort ? [{ $sort: sort }] : []),
  ...(limit === undefined ? [] : [{ $limit: limit }]),
  ...(fields ? [{ $project: fields }] : []),
];

/**
 * Asks several things in one round trip. Each has its own plan, as if it were asked alone: `$unionWith` (MongoDB 4.4) does
 * them one after the other. Returns the documents found for each, by its name.
 */
export async function askAll<Name extends string>(
  { native, run }: Pick<MongoDb, 'native' | 'run'>,
  questions: Record<Name, Question>,
): Promise<(name: Name) => unknown[]> {
  const [first, ...others] = Object.entries<Question>(questions).map(([name, { of, stages }]) => ({
    of,
    stages: [...stages, { $set: { [ASKED]: { $literal: name } } }],
  }));
  if (!first) return () => [];
  const more = others.map(({ of: coll, stages: pipeline }) => ({ $unionWith: { coll, pipeline } }));
  const found = await run(() =>
    native
      .collection(first.of)
      .aggregate([...first.stages, ...more])
      .toArray(),
  );
  const answers = found.map((document) => answerSchema.parse(document));
  return (name) => answers.filter((answer) => answer[ASKED] === name);
}
