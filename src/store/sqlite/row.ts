import { z } from 'zod';
import type { Task } from '../../task/task.ts';
import type { Log } from '../../util/log.ts';
import type { EntryOf } from '../dump.ts';
import { json, key, keyIfAny, placeKeyIfAny } from '../keys.ts';
import { parseRecord, partsOf, readEach, searchFields } from '../task-record.ts';
import type { Whose } from '../tasks.ts';
import type { Params, SqliteDb } from './db.ts';

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
  stars: z.string(),
});
export type Row = z.infer<typeof rowSchema>;
export const idSchema = rowSchema.pick({ id: true });

/** As tasks are searched by. */
export const whose = ({ provider, person, place }: Whose) => ({
  provider: key(provider),
  requester: keyIfAny(person),
  place: placeKeyIfAny(place),
});

/** The columns that make a task; with a lease it is due when that ends. */
export function columnsOf(
  { task, dueAt, endedAt }: Omit<EntryOf<'task'>, 'type'>,
  lease?: { owner: string; until: number },
): Params {
  const { fixed, decisions } = partsOf(task);
  return {
    id: task.id,
    request_key: key(task.requestKey),
    ...searchFields(task),
    state: task.state,
    rank: task.rank,
    created_at: task.at.received ?? 0,
    due_at: lease?.until ?? dueAt,
    lease_owner: lease && key(lease.owner),
    lease_until: lease?.until,
    ended_at: endedAt,
    version: task.version,
    asked: task.asked,
    fixed: JSON.stringify(fixed),
    decisions: JSON.stringify(decisions),
    accepted: JSON.stringify(task.accepted),
    sent: JSON.stringify(task.sent),
    requests: JSON.stringify(task.requests),
    stars: JSON.stringify(task.stars ?? []),
  };
}

/**
 * Throws where the record does not make a task.
 *
 * As in other places that are run hundreds of times a second, a named property comes before what is spread: for a
 * literal that begins with a spread and adds to it, V8 (11.3, of Node 20) makes new hidden classes each time, in the part
 * of memory that only a major garbage collection frees; of a task, 5 KB.
 */
export function toTask(row: Row): Task {
  return parseRecord(row.id, {
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
    stars: row.stars === '[]' ? undefined : starsOf(row),
  });
}

/** The first task that a statement finds. */
export function findTask(db: SqliteDb, sql: string, params: Params): Task | undefined {
  const [row] = db.rows(rowSchema, sql, params);
  return row && toTask(row);
}

/** The tasks of those rows that can be read; of the others the operator hears. */
export const readable = (rows: Row[], log?: Pick<Log, 'error'>): Task[] =>
  readEach(rows, { toTask, idOf: ({ id }) => id, log });

// Made once: making a schema costs several times what it parses.
const objectSchema = z.looseObject({});
const starsSchema = json.pipe(z.array(z.string()));
export const starsOf = ({ stars }: Pick<Row, 'stars'>): string[] => starsSchema.parse(stars);
const object = (text: string): Record<string, unknown> => objectSchema.parse(JSON.parse(text));
