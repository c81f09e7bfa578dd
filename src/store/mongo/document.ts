import { z } from 'zod';
import { type NewTask, personOf, type Task } from '../../task/task.ts';
import type { Log } from '../../util/log.ts';
import type { EntryOf } from '../dump.ts';
import { key, placeKey } from '../keys.ts';
import { checkNewTask, decisionsOf, firstDecisions, immutableFields, parseRecord, readEach } from '../task-record.ts';
import type { Fact, TaskDocument } from './models.ts';
import { stageOf } from './updates.ts';

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
});

const recordOf = (facts: Fact[]): Record<string, string> =>
  Object.fromEntries(facts.map(({ name, value }) => [name, value]));

/** A task that has just been received, due now. */
export const firstDocument = (task: NewTask, { rank, now }: { rank: number; now: number }): TaskDocument => ({
  _id: task.id,
  requestKey: key(task.requestKey),
  requester: key(personOf(task.requester)),
  provider: key(task.provider),
  place: placeKey(task.place),
  cost: task.cost,
  state: 'received',
  stage: 'waiting',
  rank,
  createdAt: now,
  dueAt: now,
  version: 0,
  asked: 0,
  fixed: immutableFields(task),
  decisions: firstDecisions(task, now),
  accepted: [],
  sent: [],
  requests: {},
});

/** A task as it was in another store: unleased. */
export const movedDocument = ({ task, dueAt, endedAt }: Omit<EntryOf<'task'>, 'kind'>): TaskDocument => {
  const { state, rank, version, asked, accepted, sent, requests } = task;
  const stage = stageOf(state);
  return {
    ...firstDocument(checkNewTask(task), { rank, now: task.at.received ?? 0 }),
    state,
    version,
    asked,
    requests,
    decisions: decisionsOf(task),
    stage,
    startable: state === 'queued' ? true : undefined,
    inFlight: stage === 'running' ? true : undefined,
    dueAt,
    endedAt,
    accepted: factsOf(accepted),
    sent: factsOf(sent),
  };
};

const factsOf = (record: Record<string, string>): Fact[] =>
  Object.entries(record).map(([name, value]) => ({ name, value }));

/** Parsed, not cast. Throws where the record does not make a task. */
export function toTask(document: unknown): Task {
  const read = documentSchema.safeParse(document);
  if (!read.success) throw unreadable(document, read.error);
  const { _id, fixed, decisions, accepted, sent, ...rest } = read.data;
  // Does not begin with a spread: why is told at `toTask` of SQLite.
  const taskRecord = { accepted: recordOf(accepted), ...fixed, ...decisions, ...rest, id: _id, sent: recordOf(sent) };
  const task = parseRecord(taskRecord);
  if (!task.success) throw unreadable(document, task.error);
  return task.data;
}

/** The tasks of those documents that can be read; of the others the operator hears. */
export const readable = (documents: unknown[], log?: Pick<Log, 'error'>): Task[] =>
  readEach(documents, { toTask, idOf, log });

const idOf = (document: unknown): string =>
  z.object({ _id: z.string() }).safeParse(document).data?._id ?? 'without an id';

const unreadable = (document: unknown, cause: unknown): Error =>
  new Error(`The record of task ${idOf(document)} cannot be read.`, { cause });
