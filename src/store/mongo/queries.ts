import type { Task } from '../../task/task.ts';
import { MAX_POSITION } from '../tasks.ts';

/*
 * Every question about tasks, in one place so that a test can look at each one's plan: by an index, and no more keys
 * examined than it returns or counts. A partial index is used where its condition stands in the filter.
 * Values are our own numbers and words, or text by way of `key`; no object that came from outside gets here.
 */

/** A question for `find`. */
export interface Query {
  filter: Record<string, unknown>;
  sort?: Record<string, 1 | -1>;
  limit?: number;
  /** Nothing but this, where that is enough. */
  fields?: Record<string, 0 | 1>;
}

/** `waiting` to begin or `running` at the provider, as a state is searched by. */
export type TaskStage = 'waiting' | 'running';

/** Nothing but this text: were it an object after all, it would be refused, not obeyed. */
export const is = (text: string) => ({ $eq: text });

const RANK = { _id: 0, rank: 1 } as const;
const DUE = { _id: 0, dueAt: 1 } as const;
const ID = { _id: 1 } as const;
const NEWEST = { createdAt: -1, _id: -1 } as const;

/** Keyset paging by instant and id: what came or went meanwhile moves no other task to another page. */
const olderThan = (task: Task | undefined): Record<string, unknown> => {
  if (!task) return {};
  const createdAt = task.at.received ?? 0;
  return {
    createdAt: { $lte: createdAt },
    $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: task.id } }],
  };
};

/** `provider`, `requester`, `place`: as in the documents, that is by way of `key`. */
export const find = {
  byId: (id: string): Query => ({ filter: { _id: is(id) } }),
  byIds: (ids: string[]): Query => ({ filter: { _id: { $in: ids } }, limit: ids.length }),
  byRequestKeys: (requestKeys: string[]): Query => ({
    filter: { requestKey: { $in: requestKeys } },
    limit: requestKeys.length,
  }),
  byRequestKey: (requestKey: string): Query => ({ filter: { requestKey } }),

  due: (now: number, limit: number): Query => ({
    filter: { dueAt: { $lte: now } },
    sort: { dueAt: 1 },
    limit,
    fields: ID,
  }),
  oldestDue: (now: number): Query => ({ filter: { dueAt: { $lte: now } }, sort: { dueAt: 1 }, limit: 1, fields: DUE }),
  /** What a claim may take of those found due. */
  stillDue: (ids: string[], now: number): Query => ({ filter: { _id: { $in: ids }, dueAt: { $lte: now } } }),
  claimed: (ids: string[], claim: string): Query => ({ filter: { _id: { $in: ids }, claim }, limit: ids.length }),
  start: (provider: string): Query => ({
    filter: { provider, startable: true },
    sort: { rank: 1, _id: 1 },
    limit: 1,
  }),
  held: (ids: string[], owner: string): Query => ({ filter: { _id: { $in: ids }, leaseOwner: owner } }),
  decidable: (id: string, owner: string, version: number): Query => ({
    filter: { _id: is(id), leaseOwner: owner, version },
  }),

  /** What a new task's rank follows from. */
  highestRank: (of: { provider: string; requester?: string; stage: TaskStage }): Query => ({
    filter: of,
    sort: { rank: -1 },
    limit: 1,
    fields: RANK,
  }),
  lowestRank: (of: { provider: string; stage: TaskStage }): Query => ({
    filter: of,
    sort: { rank: 1 },
    limit: 1,
    fields: RANK,
  }),

  conversation: (place: string, limit: number, before?: Task): Query => ({
    filter: { place, ...olderThan(before) },
    sort: NEWEST,
    limit,
  }),
  clipsOf: (requester: string, limit: number, before?: Task): Query => ({
    filter: { requester, state: 'delivered', ...olderThan(before) },
    sort: NEWEST,
    limit,
  }),

  ended: (before: number, limit: number): Query => ({
    filter: { endedAt: { $lte: before }, dueAt: { $exists: false } },
    limit,
    fields: ID,
  }),
  /** Looked at again: a request may have come since. */
  stillEnded: (id: string, before: number): Query => ({
    filter: { _id: id, endedAt: { $lte: before }, dueAt: { $exists: false } },
  }),
};

/** A count, to `most` where that is enough, as an aggregation. */
export type Count = { filter: Record<string, unknown>; most?: number };

export const count = {
  inFlight: (provider: string, most: number): Count => ({ filter: { provider, inFlight: true }, most }),
  inState: (state: string): Count => ({ filter: { state } }),
  /** Queued tasks before this one, in two ranges, so that those of the same rank cost no more than they count. */
  aheadByRank: (provider: string, rank: number): Count => ({
    filter: { provider, state: 'queued', rank: { $lt: rank } },
    most: MAX_POSITION,
  }),
  aheadById: (provider: string, { rank, id }: Pick<Task, 'rank' | 'id'>): Count => ({
    filter: { provider, state: 'queued', rank, _id: { $lt: id } },
    most: MAX_POSITION,
  }),
};

export type Stage = Record<string, unknown>;

export const counting = ({ filter, most }: Count): Stage[] => [
  { $match: filter },
  ...(most === undefined ? [] : [{ $limit: most }]),
  { $group: { _id: null, count: { $sum: 1 } } },
];

export const waiting = (provider: string, requester?: string): Stage[] => [
  { $match: { provider, requester, stage: 'waiting' } },
  { $group: { _id: null, clips: { $sum: 1 }, credits: { $sum: '$cost' } } },
];

export type FactField = 'accepted' | 'sent';

/** The task, unless it has a fact of that name. */
export const without = (id: string, field: FactField, name: string): Query => ({
  filter: { _id: is(id), [`${field}.name`]: { $ne: name } },
});
