import type { Task } from '../../task/task.ts';
import { type Cut, cutOf } from '../clips.ts';
import { MAX_POSITION, type Page } from '../tasks.ts';

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
const STAGES = ['waiting', 'running'] as const;
export type TaskStage = (typeof STAGES)[number];

/** Nothing but this text: were it an object after all, it would be refused, not obeyed. */
export const is = (text: string) => ({ $eq: text });

const RANK = { _id: 0, rank: 1 } as const;
const DUE = { _id: 0, dueAt: 1 } as const;
const PROVIDER = { _id: 0, provider: 1 } as const;
const ID = { _id: 1 } as const;
const SCENE = { createdAt: 1, 'fixed.scene': 1 } as const;

/** Keyset paging by instant and id: what came or went meanwhile moves no other task to another page. */
function newest(of: Query['filter'], limit: number, before: Cut | undefined): Query {
  const sort = { createdAt: -1, _id: -1 } as const;
  if (!before) return { filter: of, sort, limit };
  const { createdAt, id } = before;
  const older = { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: id } }] };
  return { filter: { ...of, createdAt: { $lte: createdAt }, ...older }, sort, limit };
}

/** The same, the other way round. */
function oldest(of: Query['filter'], limit: number, after: Cut | undefined): Query {
  const sort = { createdAt: 1, _id: 1 } as const;
  if (!after) return { filter: of, sort, limit };
  const { createdAt, id } = after;
  const later = { $or: [{ createdAt: { $gt: createdAt } }, { createdAt, _id: { $gt: id } }] };
  return { filter: { ...of, createdAt: { $gte: createdAt }, ...later }, sort, limit };
}

/** Nothing is left to do, and nobody starred it. */
const ended = (before: number) => ({ starred: false, endedAt: { $lte: before }, dueAt: { $exists: false } });

/** Clips, not what shows them, in this state. */
const clipIn = (state: string) => ({ state, story: { $exists: true } });

/** A place's, of all or of one requester there; or a requester's, shows excluded. */
export type ClipQuery = { isStarred?: boolean } & ({ place: string; requester?: string } | { requester: string });

function clips(of: ClipQuery): Query['filter'] {
  const starred = of.isStarred ? { starred: true } : {};
  if (!('place' in of)) return { requester: of.requester, state: 'delivered', story: { $exists: true }, ...starred };
  const by = of.requester === undefined ? {} : { requester: of.requester };
  return { place: of.place, state: 'delivered', ...by, ...starred };
}

/** `provider`, `requester`, `place`: as in the documents, that is by way of `key`. */
export const find = {
  byId: (id: string): Query => ({ filter: { _id: is(id) } }),
  byIds: (ids: string[]): Query => ({ filter: { _id: { $in: ids } }, limit: ids.length }),
  oldestIn: (state: string): Query => ({ filter: clipIn(state), sort: { _id: 1 }, limit: 1, fields: ID }),
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
  startable: (providers: string[]): Query => ({
    filter: { provider: { $in: providers }, startable: true },
    limit: 1,
    fields: PROVIDER,
  }),
  held: (ids: string[], owner: string): Query => ({ filter: { _id: { $in: ids }, leaseOwner: owner } }),
  decidable: (id: string, owner: string, version: number): Query => ({
    filter: { _id: is(id), leaseOwner: owner, version },
  }),

  /** Of who knows the secret of an attempt that is not over. */
  called: (id: string, { attempt, callback }: { attempt: string; callback: string }): Query => ({
    filter: {
      _id: is(id),
      'decisions.attempts': { $elemMatch: { id: is(attempt), callback: is(callback), over: { $exists: false } } },
    },
  }),

  /** While nobody is about to start it. */
  rewordable: (id: string, state: 'received' | 'queued'): Query => ({
    filter: { _id: is(id), state, ...(state === 'queued' && { leaseOwner: { $exists: false } }) },
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

  conversation: (place: string, page: Page): Query => newest({ place }, page.limit, cutOf(page)),
  clips: (of: ClipQuery, limit: number, before: Cut | undefined): Query => newest(clips(of), limit, before),
  scenes: (of: ClipQuery, limit: number, before: Cut | undefined): Query => ({
    ...newest(clips(of), limit, before),
    fields: SCENE,
  }),
  ofPerson: (requester: string, { limit, before }: Page): Query =>
    newest({ requester }, limit, cutOf({ limit, before })),
  starredBy: (person: string, { limit, after = '' }: { limit: number; after?: string }): Query => ({
    filter: { stars: is(person), starred: true, _id: { $gt: after } },
    sort: { _id: 1 },
    limit,
  }),
  story: (story: string, limit: number, after: Cut | undefined): Query => oldest({ story: is(story) }, limit, after),
  since: (first: string, limit: number): Query => ({ filter: { _id: { $gte: first } }, sort: { _id: -1 }, limit }),
  shows: (id: string, limit?: number): Query => ({ filter: { shows: { $eq: id, $exists: true } }, limit }),

  /** `except`: ids that are not wanted. */
  ended: (before: number, limit: number, except: readonly string[] = []): Query => ({
    filter: except.length === 0 ? ended(before) : { ...ended(before), _id: { $nin: [...except] } },
    limit,
    fields: ID,
  }),
  /** Looked at again: a request may have come since. */
  stillEnded: (id: string, before: number): Query => ({ filter: { _id: id, ...ended(before) } }),
};

/** A step of an aggregation. */
export type Stage = Record<string, unknown>;

/** A provider's tasks, all or those of one requester or one place. */
export interface Counted {
  provider: string;
  requester?: string;
  place?: string;
}

/** Counts, to `most` where that is enough. */
const counting = (filter: Query['filter'], most?: number): Stage[] => [
  { $match: filter },
  ...(most === undefined ? [] : [{ $limit: most }]),
  { $group: { _id: null, count: { $sum: 1 } } },
];

export const count = {
  inFlight: (provider: string, most: number) => counting({ provider, inFlight: true }, most),
  /** Those that something is left to do for. */
  open: (state: string) => counting({ state, dueAt: { $exists: true } }),
  recorded: (state: string, first: string, end: string) =>
    counting({ ...clipIn(state), _id: { $gte: first, $lt: end } }),
  underWay: (of: Counted) => counting({ ...of, stage: { $in: STAGES } }),
  /** Queued tasks before this one, in two ranges, so that those of the same rank cost no more than they count. */
  aheadByRank: (provider: string, rank: number) =>
    counting({ provider, state: 'queued', rank: { $lt: rank } }, MAX_POSITION),
  aheadById: (provider: string, { rank, id }: Pick<Task, 'rank' | 'id'>) =>
    counting({ provider, state: 'queued', rank, _id: { $lt: id } }, MAX_POSITION),
};

export const waiting = (of: Counted): Stage[] => [
  { $match: { ...of, stage: 'waiting' } },
  { $group: { _id: null, clips: { $sum: 1 }, credits: { $sum: '$cost' } } },
];

export const FACT_FIELDS = ['accepted', 'sent'] as const;
export type FactField = (typeof FACT_FIELDS)[number];

/** The task, unless it has a fact of that name. */
export const without = (id: string, field: FactField, name: string): Query => ({
  filter: { _id: is(id), [`${field}.name`]: { $ne: name } },
});
