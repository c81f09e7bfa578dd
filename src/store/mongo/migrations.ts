import type { mongo } from 'mongoose';
import { BUCKET } from './files.ts';
import { moveOldValues, OLD_COLLECTIONS } from './old-values.ts';

/** One step of the schema. May be run again after it was cut short, and by two at once. */
export interface Migration {
  name: string;
  run(native: mongo.Db): Promise<void>;
}

/** An index over millions takes minutes, in which the connection is silent for longer than any other may be. */
const NO_LIMIT = 0;

type Index = [key: Record<string, 1 | -1>, options?: mongo.CreateIndexesOptions];

async function index(native: mongo.Db, collection: string, indexes: Index[]): Promise<void> {
  await native.createCollection(collection).catch((error: unknown) => {
    if (!(error instanceof Error && 'codeName' in error && error.codeName === 'NamespaceExists')) throw error;
  });
  for (const [key, options] of indexes)
    await native.collection(collection).createIndex(key, Object.assign({ timeoutMS: NO_LIMIT }, options));
}

/** Another process may have dropped it. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Error && 'codeName' in error && error.codeName === 'IndexNotFound')) throw error;
}

const where = (filter: Record<string, unknown>, name: string): mongo.CreateIndexesOptions => ({
  name,
  partialFilterExpression: filter,
});

/** What is ours in a database, beside `schema`. */
export const COLLECTIONS = ['tasks', 'blobs', `${BUCKET}.files`, `${BUCKET}.chunks`, 'spend', 'kv', ...OLD_COLLECTIONS];

/**
 * The schema's steps, oldest first; the n-th makes version n. What has been released is never edited, only added to.
 * What each index is for, `queries.ts` says.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: 'tasks, blobs and what is kept beside them',
    async run(native) {
      await index(native, 'tasks', [
        [{ requestKey: 1 }, { unique: true, name: 'requestKey' }],
        [{ dueAt: 1 }, where({ dueAt: { $exists: true } }, 'due')],
        [{ provider: 1, rank: 1, _id: 1 }, where({ startable: true }, 'start')],
        [{ provider: 1 }, where({ inFlight: true }, 'inFlight')],
        [{ provider: 1, state: 1, rank: 1, _id: 1 }, where({ state: 'queued' }, 'ahead')],
        [{ provider: 1, stage: 1, rank: 1, cost: 1 }, where({ stage: { $exists: true } }, 'stage')],
        [{ provider: 1, requester: 1, stage: 1, rank: 1, cost: 1 }, where({ stage: { $exists: true } }, 'ownStage')],
        [{ state: 1 }, { name: 'state' }],
        [{ place: 1, createdAt: -1, _id: -1 }, { name: 'conversation' }],
        [{ requester: 1, createdAt: -1, _id: -1 }, where({ state: 'delivered' }, 'clips')],
        [{ endedAt: 1 }, where({ endedAt: { $exists: true } }, 'ended')],
      ]);
      await index(native, 'blobs', [
        [{ task: 1 }, { name: 'task' }],
        [{ file: 1 }, { name: 'file' }],
      ]);
      // As GridFS has them, https://www.mongodb.com/docs/manual/core/gridfs/#gridfs-indexes.
      await index(native, `${BUCKET}.files`, [[{ filename: 1, uploadDate: 1 }]]);
      await index(native, `${BUCKET}.chunks`, [[{ files_id: 1, n: 1 }, { unique: true }]]);
      await index(native, 'drafts', [[{ expiresAt: 1 }, { name: 'expiry' }]]);
      await index(native, 'spend', [
        [{ person: 1, at: 1, provider: 1, cost: 1 }, { name: 'person' }],
        [{ provider: 1, at: 1, cost: 1 }, { name: 'provider' }],
        [{ at: 1, cost: 1 }, { name: 'at' }],
        [{ person: 1, at: 1 }, where({ moderated: true }, 'moderated')],
      ]);
      for (const collection of ['paces', 'parked', 'locks', 'meta', 'agreed']) await index(native, collection, []);
    },
  },
  // An older program would look for a second one.
  { name: 'a picture that fits as it came is kept once', run: async () => {} },
  {
    name: 'small values are kept in one collection',
    async run(native) {
      await index(native, 'kv', [[{ until: 1 }, where({ until: { $exists: true } }, 'until')]]);
      await moveOldValues(native);
    },
  },
  // An older program could not read them; this one reads both, see `parseRecord`.
  { name: 'unions in a task are told apart by type', run: async () => {} },
  {
    // From here on an attempt may be `left`, which an older program could not read.
    name: 'a request is known by what it led to, also where its task is gone',
    run: (native) => index(native, 'spend', [[{ request: 1 }, { name: 'request' }]]),
  },
  {
    // Also: a file may have several owners from here on, which an older program would not know.
    name: 'clips are shown elsewhere, starred, and told apart by their stories',
    async run(native) {
      const tasks = native.collection('tasks');
      await tasks.updateMany(
        { starred: { $exists: false } },
        [{ $set: { story: '$_id', stars: [], starred: false } }],
        { timeoutMS: NO_LIMIT },
      );
      const delivered = { state: 'delivered' };
      const own = { state: 'delivered', story: { $exists: true } };
      await index(native, 'tasks', [
        [{ story: 1, createdAt: 1, _id: 1 }, where({ story: { $exists: true } }, 'story')],
        [{ shows: 1 }, where({ shows: { $exists: true } }, 'shows')],
        [{ starred: 1, endedAt: 1 }, where({ endedAt: { $exists: true } }, 'endedStarred')],
        // MongoDB 4.4 has one index of a key, whatever the filter: so the state stands in some, the star in others.
        [{ place: 1, state: 1, createdAt: -1, _id: -1 }, where(delivered, 'clipsHere')],
        [{ place: 1, requester: 1, createdAt: -1, _id: -1 }, where(delivered, 'clipsHereBy')],
        [{ requester: 1, state: 1, createdAt: -1, _id: -1 }, where(own, 'clipsOwn')],
        [{ place: 1, starred: 1, createdAt: -1, _id: -1 }, where(delivered, 'starsHere')],
        [{ place: 1, requester: 1, starred: 1, createdAt: -1, _id: -1 }, where(delivered, 'starsHereBy')],
        [{ requester: 1, starred: 1, createdAt: -1, _id: -1 }, where(own, 'starsOwn')],
      ]);
      for (const name of ['clips', 'ended']) await tasks.dropIndex(name).catch(unlessGone);
    },
  },
  {
    // Of what was spent before it is not known in which chat. An older program would go on so.
    name: 'what a chat has of its day, and waiting',
    async run(native) {
      await index(native, 'spend', [
        [{ chat: 1, at: 1, provider: 1, cost: 1 }, where({ chat: { $exists: true } }, 'chat')],
      ]);
      const inStage = where({ stage: { $exists: true } }, 'stageHere');
      await index(native, 'tasks', [[{ provider: 1, place: 1, stage: 1, cost: 1 }, inStage]]);
    },
  },
  // Of several takes all but the lead have no picture at first: an older program would give them up.
  { name: 'several takes are asked for at once', run: async () => {} },
  {
    name: 'all that a person has is found, to be told or forgotten',
    run: (native) =>
      index(native, 'tasks', [
        [{ requester: 1, createdAt: -1, _id: -1 }, { name: 'person' }],
        [{ stars: 1, _id: 1 }, where({ starred: true }, 'starredBy')],
      ]),
  },
  {
    name: 'what became of the clips of an hour, a day, a week',
    run: (native) => index(native, 'tasks', [[{ state: 1, _id: 1 }, where({ story: { $exists: true } }, 'history')]]),
  },
  // An older program would not find its bytes.
  { name: 'a file may be an object in a bucket', run: async () => {} },
  {
    // The new ones stand before the old ones go, so that the answers of a program that still runs are slower, not wrong.
    // MongoDB 4.4 has one index of a key, whatever the filter: so the state is there the other way round, the star first.
    name: 'what has ended is in as few indexes as it is looked for by',
    async run(native) {
      const starred = { state: 'delivered', starred: true };
      await index(native, 'tasks', [
        [{ state: -1 }, where({ dueAt: { $exists: true } }, 'open')],
        [{ starred: 1, place: 1, createdAt: -1, _id: -1 }, where(starred, 'starredHere')],
        [{ starred: 1, place: 1, requester: 1, createdAt: -1, _id: -1 }, where(starred, 'starredHereBy')],
        [
          { starred: 1, requester: 1, createdAt: -1, _id: -1 },
          where({ ...starred, story: { $exists: true } }, 'starredOwn'),
        ],
      ]);
      const gone = ['state', 'clipsHere', 'clipsOwn', 'starsHere', 'starsHereBy', 'starsOwn'];
      for (const name of gone) await native.collection('tasks').dropIndex(name).catch(unlessGone);
      await native.collection('blobs').dropIndex('task').catch(unlessGone);
    },
  },
  // An older program would not find their bytes.
  { name: 'a small file is kept with its name', run: async () => {} },
];
