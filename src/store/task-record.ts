import { type NewTask, newTaskSchema, personOf, type Request, type Task, taskSchema } from '../task/task.ts';
import type { Log } from '../util/log.ts';
import type { StagedBlob } from './blobs.ts';
import { key, placeKey } from './keys.ts';

/** What a command told, and nothing besides. Throws on what could not be read back. */
export function checkNewTask(task: NewTask, upload?: StagedBlob): NewTask {
  if (upload && upload.task !== task.id) throw new RangeError('The blob is of another task.');
  return newTaskSchema.parse(task);
}

/** The task as it stands when it was just received. */
export const receivedTask = (task: NewTask, { rank, now }: { rank: number; now: number }): Task => ({
  state: 'received',
  ...task,
  attempts: [],
  polls: 0,
  tries: 0,
  at: { received: now },
  accepted: {},
  sent: {},
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
  const { id, requestKey, requester, place, locale, scene, options, provider, cost, ...rest } = taskSchema.parse(task);
  const { state, rank, version, asked, accepted, sent, requests, ...decisions } = rest;
  return { fixed: { id, requestKey, requester, place, locale, scene, options, provider, cost }, decisions };
}

/** What a task is searched by and that never changes. */
export const searchFields = ({ requester, provider, place, cost }: NewTask) => ({
  requester: key(personOf(requester)),
  provider: key(provider),
  place: placeKey(place),
  cost,
});

/** What is kept of a request beside its nudge. */
export function requestFields(request: Request): Partial<Task['requests']> {
  if (request.type === 'cancel') return { cancel: true };
  return request.type === 'answer' ? { answer: { attempt: request.attempt, choice: request.choice } } : {};
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
