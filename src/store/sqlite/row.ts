import { z } from 'zod';
import type { Log } from '../../ops/log.ts';
import { type NewTask, type Place, type Task, taskSchema } from '../../task/task.ts';
import type { Params } from './db.ts';
import { key } from './keys.ts';

/** A row of `tasks`, as far as a task or a statement needs it; the other columns are only searched by. */
export const rowSchema = z.object({
  id: z.string(),
  state: z.string(),
  rank: z.number(),
  version: z.number(),
  asked: z.number(),
  fixed: z.string(),
  decisions: z.string(),
  accepted: z.string(),
  sent: z.string(),
  requests: z.string(),
});
export type Row = z.infer<typeof rowSchema>;

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
export const checkNewTask = (task: NewTask): NewTask => newTaskSchema.parse(task);

/** What stays as it was told. Where the picture is changes: it is a decision. */
export function fixedOf({ picture, ...fixed }: NewTask): string {
  return JSON.stringify(fixed);
}

/** Every column that a task tells by itself; leases and instants are beside it. */
export function columnsOf(task: Task): Params {
  const { id, requestKey, requester, place, locale, scene, options, provider, cost } = task;
  return {
    id,
    request_key: key(requestKey),
    requester: key(requester.id),
    provider: key(provider),
    cost,
    place: placeKey(place),
    state: task.state,
    rank: task.rank,
    version: task.version,
    asked: task.asked,
    fixed: JSON.stringify({ id, requestKey, requester, place, locale, scene, options, provider, cost }),
    decisions: decisionsOf(task),
    accepted: JSON.stringify(task.accepted),
    sent: JSON.stringify(task.sent),
    requests: JSON.stringify(task.requests),
  };
}

export const placeKey = (place: Pick<Place, 'platform' | 'chat'>): string =>
  JSON.stringify([place.platform, place.chat]);

/** The decisions of a task that has just been received. */
export const firstDecisions = ({ picture }: NewTask, now: number): string =>
  JSON.stringify({ picture, attempts: [], polls: 0, tries: 0, at: { received: now } });

/** What the lease's holder may write, as JSON: all that is neither fixed, nor a column, nor anybody else's. */
export function decisionsOf(task: Task): string {
  const { id, requestKey, requester, place, locale, scene, options, provider, cost, ...rest } = taskSchema.parse(task);
  const { state, rank, version, asked, accepted, sent, requests, ...decisions } = rest;
  return JSON.stringify(decisions);
}

/** Parsed, not cast. Throws where the record does not make a task. */
export function toTask(row: Row): Task {
  const task = taskSchema.safeParse({
    ...object(row.fixed),
    ...object(row.decisions),
    id: row.id,
    state: row.state,
    rank: row.rank,
    version: row.version,
    asked: row.asked,
    accepted: object(row.accepted),
    sent: object(row.sent),
    requests: object(row.requests),
  });
  if (!task.success) throw new Error(`The record of task ${row.id} cannot be read.`, { cause: task.error });
  return task.data;
}

/** The tasks of those rows that can be read; of the others the operator hears. */
export function readable(rows: Row[], log?: Pick<Log, 'error'>): Task[] {
  return rows.flatMap((row) => {
    try {
      return [toTask(row)];
    } catch (error) {
      log?.error({ err: error, task: row.id }, 'a task on record cannot be read');
      return [];
    }
  });
}

const object = (json: string): Record<string, unknown> => z.record(z.string(), z.unknown()).parse(JSON.parse(json));
