import { z } from 'zod';
import type { Task } from '../../task/task.ts';
import type { Log } from '../../util/log.ts';
import type { EntryOf } from '../dump.ts';
import { key } from '../keys.ts';
import { parseRecord, partsOf, readEach, searchFields, unreadable } from '../task-record.ts';
import type { Fact, TaskDocument } from './models.ts';
import { type Lease, stageOf } from './updates.ts';

const partSchema = z.record(z.string(), z.unknown());
const factsSchema = z.array(z.object({ name: z.string(), value: z.string() }));

/** A document of `tasks`, as far as a task needs it; the rest is only searched by. */
const documentSchema = z.object({
  _id: z.string(),
  state: z.string(),
  rank: z.number(),
  version: z.number(),
  asked: z.number(),
  fixed: partSchema,
  decisions: partSchema,
  accepted: factsSchema,
  sent: factsSchema,
  requests: partSchema,
  /** None where an older program put it here meanwhile. */
  stars: z.array(z.string()).optional(),
});

const idSchema = documentSchema.pick({ _id: true });

const recordOf = (facts: Fact[]): Record<string, string> =>
  Object.fromEntries(facts.map(({ name, value }) => [name, value]));

/** The document that makes a task; with a lease it is due when that ends. */
export function documentOf({ task, dueAt, endedAt }: Omit<EntryOf<'task'>, 'type'>, lease?: Lease): TaskDocument {
  const { state, rank, version, asked, accepted, sent, requests } = task;
  const stage = stageOf(state);
  return {
    _id: task.id,
    requestKey: key(task.requestKey),
    ...searchFields(task),
    state,
    stage,
    startable: state === 'queued' ? true : undefined,
    inFlight: stage === 'running' ? true : undefined,
    rank,
    createdAt: task.at.received ?? 0,
    dueAt: lease?.until ?? dueAt,
    endedAt,
    leaseOwner: lease?.owner,
    leaseUntil: lease?.until,
    claim: lease?.claim,
    version,
    asked,
    ...partsOf(task),
    accepted: factsOf(accepted),
    sent: factsOf(sent),
    requests,
    stars: task.stars ?? [],
    starred: (task.stars ?? []).length > 0,
  };
}

const factsOf = (record: Record<string, string>): Fact[] =>
  Object.entries(record).map(([name, value]) => ({ name, value }));

/** Throws where the record does not make a task. */
export function toTask(document: unknown): Task {
  const read = documentSchema.safeParse(document);
  if (!read.success) throw unreadable(idOf(document), read.error);
  const { _id, fixed, decisions, accepted, sent, stars, ...rest } = read.data;
  // Does not begin with a spread: why is told at `toTask` of SQLite.
  const taskRecord = { accepted: recordOf(accepted), ...fixed, ...decisions, ...rest, id: _id, sent: recordOf(sent) };
  return parseRecord(_id, Object.assign(taskRecord, { stars: stars?.length ? stars : undefined }));
}

/** The tasks of those documents that can be read; of the others the operator hears. */
export const readable = (documents: unknown[], log?: Pick<Log, 'error'>): Task[] =>
  readEach(documents, { toTask, idOf, log });

export const idOf = (document: unknown): string => idSchema.safeParse(document).data?._id ?? 'without an id';
