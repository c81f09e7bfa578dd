import { storyOf } from '../task/lineage.ts';
import { MAX_STARS, type NewTask, newTaskSchema, personOf, type Request, type Task, taskSchema } from '../task/task.ts';
import type { Log } from '../util/log.ts';
import type { NewBlobs, SharedBlobs, StagedBlob } from './blobs.ts';
import { blobName, key, placeKey } from './keys.ts';

/** What a command told, and nothing besides. Throws on what could not be read back, and on a clip that nothing shows. */
export function checkNewTask(told: NewTask, blobs?: NewBlobs): NewTask {
  const task = newTaskSchema.parse(told);
  const { id, shows, clip, fitted, goesOn } = task;
  const { staged, shared } = apart(blobs);
  if (staged.some((blob) => blob.task !== id)) throw new RangeError('The blob is of another task.');
  const names = shared.flatMap((blob) => blob.names);
  for (const name of names) blobName(id, name);
  if ((shows === undefined) !== (clip === undefined) || (shows === undefined && fitted))
    throw new RangeError('What shows a clip has it, and nothing else has.');
  for (const blob of [clip?.blob, fitted?.blob, fitted?.last?.blob, goesOn?.blob])
    if (blob !== undefined && !names.includes(blob)) throw new RangeError(`The ${blob} does not come along.`);
  return task;
}

const isShared = (blobs: StagedBlob | SharedBlobs): blobs is SharedBlobs => 'of' in blobs;
const isStaged = (blobs: StagedBlob | SharedBlobs): blobs is StagedBlob => !isShared(blobs);

/** The blobs of a new task by where they come from. */
export function apart(blobs: NewBlobs = []): { staged: StagedBlob[]; shared: SharedBlobs[] } {
  const all = 'length' in blobs ? blobs : [blobs];
  return { staged: all.filter(isStaged), shared: all.filter(isShared) };
}

/** The task as it stands when it was just recorded: what shows a clip that is made already has only to be delivered. */
export const recordedTask = (
  task: NewTask,
  { rank, now, stars }: { rank: number; now: number; stars?: string[] },
): Task => ({
  state: task.shows === undefined ? 'received' : 'ready',
  ...task,
  attempts: [],
  polls: 0,
  tries: 0,
  at: task.shows === undefined ? { received: now } : { received: now, ready: now },
  accepted: {},
  sent: {},
  stars: stars?.length ? stars : undefined,
  requests: {},
  rank,
  version: 0,
  asked: 0,
});

/**
 * A task's record apart by who may write it, the same in every kind of store: what is *fixed* at insert, *decisions* of
 * the lease's holder (where the picture is among them); facts, requests and what is searched by have places of their
 * own. Throws on what could not be read back.
 */
export function partsOf(task: Task): { fixed: object; decisions: object } {
  const { id, requestKey, requester, place, locale, scene, options, provider, cost, ...more } = taskSchema.parse(task);
  const {
    from,
    story,
    take,
    shows,
    goesOn,
    format,
    state,
    rank,
    version,
    asked,
    accepted,
    sent,
    requests,
    stars,
    ...decisions
  } = more;
  const told = { id, requestKey, requester, place, locale, scene, options, provider, cost };
  return { fixed: Object.assign(told, { from, story, take, shows, goesOn, format }), decisions };
}

/** What a task is searched by and that never changes. What shows another's clip is no part of a story. */
export const searchFields = (task: NewTask) => ({
  requester: key(personOf(task.requester)),
  provider: key(task.provider),
  place: placeKey(task.place),
  cost: task.cost,
  story: task.shows === undefined ? storyOf(task) : undefined,
  shows: task.shows,
});

/** What is kept of a request beside its nudge. */
export function requestFields(request: Request): Partial<Task['requests']> {
  if (request.type === 'cancel') return { cancel: true };
  if (request.type === 'report') return { report: true };
  return request.type === 'answer' ? { answer: { attempt: request.attempt, choice: request.choice } } : {};
}

/** The people who starred a clip, once this one did, or did not any more. */
export function withStar(stars: readonly string[] = [], person: string, isOn: boolean): string[] {
  const others = stars.filter((each) => each !== person);
  if (!isOn) return others;
  return others.length < stars.length || stars.length >= MAX_STARS ? [...stars] : [...stars, person];
}

/**
 * Parsed, not cast; also a record of the time before all unions in a task were told apart by `type`. Throws where it does
 * not make a task.
 */
export function parseRecord(id: string, record: Record<string, unknown>): Task {
  const task = taskSchema.safeParse(record);
  if (task.success) return task.data;
  const { picture, fitted, failure } = record;
  const old = { ...record, picture: withTypes(picture), fitted: withTypes(fitted), failure: withTypes(failure) };
  const renamed = taskSchema.safeParse(old);
  if (!renamed.success) throw unreadable(id, task.error);
  return renamed.data;
}

export const unreadable = (id: string, cause: unknown): Error =>
  new Error(`The record of task ${id} cannot be read.`, { cause });

/** What pictures, notes, failures and problems were told apart by. */
const OLD_WORDS = ['kind', 'did', 'class', 'problem'];

function withTypes(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withTypes);
  if (typeof part !== 'object' || part === null) return part;
  const fields = Object.entries(part).map(([name, value]) => [
    OLD_WORDS.includes(name) ? 'type' : name,
    withTypes(value),
  ]);
  return Object.fromEntries(fields);
}

/** The tasks of those records that can be read; of the others the operator hears. */
export function readEach<R>(
  records: readonly R[],
  { toTask, idOf, log }: { toTask: (record: R) => Task; idOf: (record: R) => string; log?: Pick<Log, 'error'> },
): Task[] {
  return records.flatMap((record) => {
    try {
      return [toTask(record)];
    } catch (error) {
      log?.error({ err: error, task: idOf(record) }, 'a task on record cannot be read');
      return [];
    }
  });
}
