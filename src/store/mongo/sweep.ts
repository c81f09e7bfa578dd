import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import { z } from 'zod';
import type { Task } from '../../task/task.ts';
import { GRACE_MS } from '../blobs.ts';
import { linkKey } from '../links.ts';
import type { Objects } from '../objects.ts';
import { pages } from '../pages.ts';
import { spendKeptMs } from '../spend.ts';
import type { SweepHow } from '../store.ts';
import { type MongoBlobs, ofTask, taskOf } from './blobs.ts';
import type { StoreClock } from './clock.ts';
import type { TaskCollection } from './collection.ts';
import type { MongoDb } from './db.ts';
import { idOf } from './document.ts';
import { BUCKET, type Files, fileIdAt, type GridId } from './files.ts';
import { find } from './queries.ts';

/** Looked at or removed at once; other work goes on between. */
const STEP = 200;
/** Of what is only looked at, all that there is, each hour: ten million tasks are some ten minutes. */
const WALK = 1_000;
const PAUSE_MS = 10;
/** Clips that are kept because something shows them: the rest waits for the next sweep. */
const MAX_SHOWN = 10_000;
const pause = () => delay(PAUSE_MS);

export interface SweepDeps {
  db: MongoDb;
  tasks: TaskCollection;
  blobs: MongoBlobs;
  files: Files;
  objects?: Objects;
  clock: StoreClock;
}

const fileSchema = z.object({ _id: z.instanceof(mongoose.mongo.ObjectId) });
/** Nothing but the key, which tells the task: it stands in the index, and small blobs have their bytes beside it. */
const KEY = { _id: 1 } as const;
const keySchema = z.object({ _id: z.string() });
type Key = z.infer<typeof keySchema>;

/** Removes what nobody owns, and tasks that ended more than `keepMs` ago; in small steps. */
export async function sweep(deps: SweepDeps, { keepMs, isAlone }: SweepHow = {}): Promise<void> {
  if (keepMs !== undefined) {
    await forgetEnded(deps, deps.clock.now() - keepMs);
    await removeInSteps(deps, 'spend', { at: { $lte: deps.clock.now() - spendKeptMs(keepMs) } });
  }
  await removeInSteps(deps, 'kv', { until: { $lte: deps.clock.now() } });
  await removeBlobsWithoutTask(deps);
  for (const walk of [unfinished, finished]) await removeFilesWithoutBlob(deps, walk);
  if (deps.objects) await removeObjectsWithoutBlob(deps, deps.objects, deps.clock.now() - (isAlone ? 0 : GRACE_MS));
}

async function forgetEnded({ db, tasks, blobs }: SweepDeps, before: number): Promise<void> {
  // What shows a clip stays its author's to take away: for as long the clip stays, too.
  const shown: string[] = [];
  while (shown.length < MAX_SHOWN) {
    const ids = (await tasks.find(find.ended(before, STEP, shown))).map(idOf);
    for (const _id of ids) {
      if ((await tasks.find(find.shows(_id, 1))).length > 0) {
        shown.push(_id);
        continue;
      }
      const gone = await db.run(() => db.models.tasks.deleteOne(find.stillEnded(_id, before).filter));
      if (gone.deletedCount > 0) await forgetRest({ db, blobs }, _id);
    }
    if (ids.length < STEP) return;
    await pause();
  }
}

/** What goes with a task. The task went first: a crash then leaves blobs that nobody owns, and a link that leads nowhere. */
export async function forgetRest({ db, blobs }: Pick<SweepDeps, 'db' | 'blobs'>, taskId: string): Promise<void> {
  await db.run(() => db.models.kv.deleteOne({ _id: linkKey(taskId) }));
  await blobs.removeAll(taskId);
}

async function removeInSteps({ db }: SweepDeps, name: 'spend' | 'kv', which: Record<string, unknown>): Promise<void> {
  const collection = db.native.collection<{ _id: string }>(name);
  for (;;) {
    const found = await db.run(() => collection.find(which, { projection: { _id: 1 }, limit: STEP }).toArray());
    const ids = found.map(({ _id }) => _id);
    // Looked at again: one may have been put anew.
    await db.run(() => collection.deleteMany({ ...which, _id: { $in: ids } }));
    if (ids.length < STEP) return;
    await pause();
  }
}

/** Which of these tasks there are. */
async function known({ tasks }: SweepDeps, ids: string[]): Promise<Set<Task['id']>> {
  return new Set((await tasks.find({ ...find.byIds(ids), fields: { _id: 1 } })).map(idOf));
}

async function removeBlobsWithoutTask(deps: SweepDeps): Promise<void> {
  const { db, blobs, clock } = deps;
  const named = db.models.blobs;
  async function page(last?: Key): Promise<Key[]> {
    const next = named
      .find({ _id: { $gt: last?._id ?? '' } }, KEY)
      .sort({ _id: 1 })
      .limit(WALK);
    return z.array(keySchema).parse(await db.run(() => next.lean()));
  }
  for await (const found of pages(page)) {
    const tasks = [...new Set(found.map(({ _id }) => taskOf(_id)))];
    const owned = await known(deps, tasks);
    for (const task of tasks.filter((id) => !owned.has(id))) {
      const cut = clock.now() - GRACE_MS;
      const young = await db.run(() => named.findOne({ ...ofTask(task), createdAt: { $gte: cut } }, KEY).lean());
      // Looked at again, for its insert may have come meanwhile; and what is written from now on is not touched.
      if (!young && !(await known(deps, [task])).has(task)) await blobs.removeAll(task, cut);
    }
    await pause();
  }
}

/** The next files begun before `until`, by what is left of an upload that was cut short: its chunks. */
const unfinished = ({ db }: SweepDeps, after: GridId, until: GridId): Promise<unknown[]> =>
  db.run(() =>
    db.native
      .collection(`${BUCKET}.chunks`)
      .aggregate([
        { $match: { files_id: { $gt: after, $lt: until } } },
        { $sort: { files_id: 1, n: 1 } },
        { $limit: 2 * WALK },
        { $group: { _id: '$files_id' } },
        { $sort: { _id: 1 } },
      ])
      .toArray(),
  );

const finished = ({ db }: SweepDeps, after: GridId, until: GridId): Promise<unknown[]> =>
  db.run(() =>
    db.native
      .collection(`${BUCKET}.files`)
      .find({ _id: { $gt: after, $lt: until } }, { projection: { _id: 1 } })
      .sort({ _id: 1 })
      .limit(WALK)
      .toArray(),
  );

async function removeFilesWithoutBlob(deps: SweepDeps, walk: typeof finished): Promise<void> {
  const { blobs, files, clock } = deps;
  const cut = clock.now() - GRACE_MS;
  const idsOf = (found: unknown): GridId[] =>
    z
      .array(fileSchema)
      .parse(found)
      .map(({ _id }) => _id);
  const page = async (last = fileIdAt(0)) => idsOf(await walk(deps, last, fileIdAt(cut)));
  for await (const ids of pages<GridId>(page)) {
    const read = new Set((await files.replaced({ _id: { $in: ids } }, cut)).map(String));
    await files.remove(await blobs.unowned(ids.filter((id) => !read.has(`${id}`))));
    await pause();
  }
}

async function removeObjectsWithoutBlob({ blobs }: SweepDeps, objects: Objects, cut: number): Promise<void> {
  for await (const found of objects.sweepable(cut)) {
    await objects.remove(await blobs.unowned(found));
    await pause();
  }
}
