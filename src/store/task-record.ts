import { type NewTask, type Request, type Task, taskSchema } from '../task/task.ts';
import type { Log } from '../util/log.ts';
import type { StagedBlob } from './blobs.ts';

/*
 * A task's record apart by who may write it, the same in every kind of store: what is *fixed* at insert, *decisions* of
 * the lease's holder; facts, requests and what is searched by have places of their own.
 */

const newTaskSchema = taskSchema.pick({
  id: true,
  requestKey: true,
  requester: true,
  place: true,
  locale: true,
  scene: true,
  options: true,
  provider: true,
  cost: true,
  picture: true,
} satisfies Record<keyof NewTask, true>);

/** What a command told, and nothing besides. Throws on what could not be read back. */
export function checkNewTask(task: NewTask, upload?: StagedBlob): NewTask {
  if (upload && upload.task !== task.id) throw new RangeError('The blob is of another task.');
  return newTaskSchema.parse(task);
}

/** What stays as it was told. Where the picture is changes: it is a decision. */
export function immutableFields({ picture, ...fixed }: NewTask): object {
  return fixed;
}

/** The decisions of a task that has just been received. */
export const firstDecisions = ({ picture }: NewTask, now: number): object => ({
  picture,
  attempts: [],
  polls: 0,
  tries: 0,
  at: { received: now },
});

/** What the lease's holder may write: all that is neither fixed, nor searched by, nor anybody else's. */
export function decisionsOf(task: Task): object {
  const { id, requestKey, requester, place, locale, scene, options, provider, cost, ...rest } = taskSchema.parse(task);
  const { state, rank, version, asked, accepted, sent, requests, ...decisions } = rest;
  return decisions;
}

/** What is kept of a request beside its nudge. */
export function requestFields(request: Request): Partial<Task['requests']> {
  switch (request.type) {
    case 'cancel':
      return { cancel: true };
    case 'wake':
      return {};
    case 'answer':
      return { answer: { attempt: request.attempt, choice: request.choice } };
  }
}

/** The tasks of those records that can be read; of the others the operator hears. */
export function readEach<R>(
  records: readonly R[],
  {
    toTask,
    idOf,
    log,
  }: { toTask: (record: R) => Task; idOf: (record: R) => string; log?: Pick<Log, 'error'> | undefined },
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
