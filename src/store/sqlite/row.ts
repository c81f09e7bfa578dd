import { z } from 'zod';
import { personOf, type Task } from '../../task/task.ts';
import type { Log } from '../../util/log.ts';
import { key, placeKey } from '../keys.ts';
import { checkNewTask, decisionsOf, immutableFields, parseRecord, readEach } from '../task-record.ts';
import type { Params } from './db.ts';

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

/** Every column that a task tells by itself; leases and instants are beside it. */
export function columnsOf(task: Task): Params {
  return {
    id: task.id,
    request_key: key(task.requestKey),
    requester: key(personOf(task.requester)),
    provider: key(task.provider),
    cost: task.cost,
    place: placeKey(task.place),
    state: task.state,
    rank: task.rank,
    version: task.version,
    asked: task.asked,
    fixed: JSON.stringify(immutableFields(checkNewTask(task))),
    decisions: JSON.stringify(decisionsOf(task)),
    accepted: JSON.stringify(task.accepted),
    sent: JSON.stringify(task.sent),
    requests: JSON.stringify(task.requests),
  };
}

/**
 * Parsed, not cast. Throws where the record does not make a task.
 *
 * As in other places that are run hundreds of times a second, a named property comes before what is spread: for a
 * literal that begins with a spread and adds to it, V8 (11.3, of Node 20) makes new hidden classes each time, in the part
 * of memory that only a major garbage collection frees; of a task, 5 KB.
 */
export function toTask(row: Row): Task {
  const task = parseRecord({
    state: row.state,
    ...object(row.fixed),
    ...object(row.decisions),
    id: row.id,
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
export const readable = (rows: Row[], log?: Pick<Log, 'error'>): Task[] =>
  readEach(rows, { toTask, idOf: ({ id }) => id, log });

// Made once: making a schema costs several times what it parses.
const objectSchema = z.looseObject({});
const object = (json: string): Record<string, unknown> => objectSchema.parse(JSON.parse(json));
