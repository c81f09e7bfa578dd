import type { ClipFilter } from '../tasks.ts';
import { rowSchema } from './row.ts';

/*
 * Every statement about tasks, in one place so that a test can look at each one's plan: a search by an index, no scan, no
 * sorting. A partial index is used where its condition stands in the statement word for word.
 */

/** What is due later than this was written by a clock that was wrong. */
const LONGEST_WAIT_MS = 25 * 60 * 60 * 1000;

const UNTIL_DUE = 'CASE WHEN lease_until > :now THEN due_at ELSE min(coalesce(due_at, :now), :now) END';
/** Not for the lease's holder, who knows. A task that is not leased is due now, the others when they are saved. */
const NUDGE = `asked = asked + (NOT (coalesce(lease_until, 0) > :now AND lease_owner IS :owner)), due_at = ${UNTIL_DUE}`;

const STARTABLE = `provider = :provider AND state = 'queued' AND lease_owner IS NULL`;
const HELD = `provider = :provider AND state = 'queued' AND lease_owner IS NOT NULL`;
const RUNNING = `provider = :provider AND state IN ('submitting', 'rendering')`;
const WAITING = `provider = :provider AND state IN ('received', 'queued')`;
const UNFINISHED = `state IN ('received', 'queued', 'submitting', 'rendering')`;
/** What shows it stays its author's to take away. */
const IS_SHOWN = 'EXISTS (SELECT 1 FROM tasks AS show WHERE show.shows = tasks.id)';
const ENDED = `ended_at <= :before AND due_at IS NULL AND stars = '[]' AND NOT ${IS_SHOWN}`;
const BEFORE = '(rank, id) < (:rank, :id)';
const OLDER = '(created_at, id) < (:createdAt, :id)';
const LATER = '(created_at, id) > (:createdAt, :id)';
const STORY = 'story = :story';
const CLIP_IN_STATE = 'story IS NOT NULL AND state = :state';

const some = (where: string) => `(SELECT count(*) FROM (SELECT 1 FROM tasks WHERE ${where} LIMIT :most))`;

/** What makes a task; the other columns are only searched by. */
const TASK = Object.keys(rowSchema.shape).join(', ');

const sum = (where: string) => `SELECT count(*) AS clips, coalesce(sum(cost), 0) AS credits FROM tasks WHERE ${where}`;
const page = (where: string) =>
  `SELECT ${TASK} FROM tasks WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT :limit`;

export const TASK_SQL = {
  get: `SELECT ${TASK} FROM tasks WHERE id = :id`,
  byRequestKey: `SELECT ${TASK} FROM tasks WHERE request_key = :requestKey`,
  remove: 'DELETE FROM tasks WHERE id = :id',

  /** What a new task's rank follows from. */
  ranks: `
    SELECT
      (SELECT rank FROM tasks WHERE provider = :provider AND requester = :requester AND ${UNFINISHED}
       ORDER BY rank DESC LIMIT 1) AS own,
      (SELECT rank FROM tasks WHERE ${RUNNING} ORDER BY rank DESC LIMIT 1) AS running,
      (SELECT rank FROM tasks WHERE ${WAITING} ORDER BY rank LIMIT 1) AS waiting`,

  due: `SELECT ${TASK} FROM tasks WHERE due_at <= :now ORDER BY due_at LIMIT :limit`,
  dueNow: 'SELECT id FROM tasks WHERE id = :id AND due_at <= :now',
  oldestDue: 'SELECT due_at FROM tasks WHERE due_at <= :now ORDER BY due_at LIMIT 1',
  /** Those that something is left to do for. */
  open: 'SELECT count(*) AS count FROM tasks WHERE state = :state AND due_at IS NOT NULL',
  recorded: `SELECT count(*) AS count FROM tasks WHERE ${CLIP_IN_STATE} AND id >= :first AND id < :end`,
  oldestIn: `SELECT id FROM tasks WHERE ${CLIP_IN_STATE} ORDER BY id LIMIT 1`,
  inFlight: `SELECT ${some(RUNNING)} + ${some(`${HELD} AND starting = 1`)} AS count`,
  start: `SELECT ${TASK} FROM tasks WHERE ${STARTABLE} ORDER BY rank, id LIMIT 1`,
  lease: `
    UPDATE tasks SET lease_owner = :owner, lease_until = :until, due_at = :until, starting = :starting,
      version = version + 1
    WHERE id IN (SELECT value FROM json_each(:ids))`,
  renew: `
    UPDATE tasks SET lease_until = :until, due_at = :until
    WHERE id IN (SELECT value FROM json_each(:ids)) AND lease_owner = :owner
    RETURNING id`,
  openAnew: `
    UPDATE tasks SET lease_owner = NULL, lease_until = NULL, due_at = :now
    WHERE due_at IS NOT NULL
      AND (lease_owner IS NOT NULL
        OR due_at > :now AND state NOT IN ('queued', 'unconfirmed')
        OR due_at > :now + ${LONGEST_WAIT_MS})`,

  save: `
    UPDATE tasks SET state = :state, decisions = :decisions, version = version + 1,
      token = :token,
      ended_at = CASE WHEN :state IN ('delivered', 'failed', 'cancelled') THEN coalesce(ended_at, :now) END,
      lease_owner = CASE WHEN :hold THEN lease_owner END,
      lease_until = CASE WHEN :hold THEN :until END,
      due_at = CASE WHEN :hold THEN :until WHEN asked <> :asked THEN :now ELSE :dueAt END
    WHERE id = :id AND lease_owner = :owner AND version = :version
    RETURNING ${TASK}`,
  savedAs: `
    SELECT ${TASK} FROM tasks WHERE id = :id AND token = :token AND (NOT :hold OR lease_owner = :owner)`,
  facts: 'SELECT accepted, sent FROM tasks WHERE id = :id',
  accepted: `UPDATE tasks SET accepted = :facts, ${NUDGE} WHERE id = :id`,
  sent: `UPDATE tasks SET sent = :facts, ${NUDGE} WHERE id = :id`,
  ask: `UPDATE tasks SET requests = :requests, asked = asked + 1, due_at = ${UNTIL_DUE} WHERE id = :id RETURNING ${TASK}`,

  reword: `
    UPDATE tasks SET fixed = :fixed, version = version + 1, asked = asked + 1,
      lease_owner = NULL, lease_until = NULL, due_at = :now
    WHERE id = :id AND state = :state AND (state = 'received' OR lease_owner IS NULL)
    RETURNING ${TASK}`,

  ahead: `SELECT ${some(`${STARTABLE} AND ${BEFORE}`)} + ${some(`${HELD} AND ${BEFORE}`)} AS count`,
  newest: page('place = :place'),
  older: page(`place = :place AND ${OLDER}`),
  ofPerson: page('requester = :requester'),
  olderOfPerson: page(`requester = :requester AND ${OLDER}`),
  starredBy: `
    SELECT ${TASK} FROM tasks
    WHERE stars <> '[]' AND id > :after AND EXISTS (SELECT 1 FROM json_each(stars) WHERE value = :person)
    ORDER BY id LIMIT :limit`,
  byIds: `SELECT ${TASK} FROM tasks WHERE id IN (SELECT value FROM json_each(:ids))`,
  story: `SELECT ${TASK} FROM tasks WHERE ${STORY} ORDER BY created_at, id LIMIT :limit`,
  laterStory: `SELECT ${TASK} FROM tasks WHERE ${STORY} AND ${LATER} ORDER BY created_at, id LIMIT :limit`,
  since: `SELECT ${TASK} FROM tasks WHERE id >= :first ORDER BY id DESC LIMIT :limit`,
  shows: `SELECT ${TASK} FROM tasks WHERE shows = :id LIMIT :limit`,
  starOriginal: 'UPDATE tasks SET stars = :stars WHERE id = :id',
  starShows: 'UPDATE tasks SET stars = :stars WHERE shows = :id',

  ended: `SELECT id FROM tasks WHERE ${ENDED} LIMIT :limit`,
  newestEnded: `
    SELECT max(ended_at) AS newest FROM tasks WHERE ended_at IS NOT NULL AND due_at IS NULL AND stars = '[]'`,
  removeEnded: `DELETE FROM tasks WHERE id = :id AND ${ENDED} RETURNING id`,
} as const;

/** Conditions by which tasks are a person's or a place's. */
const whose = ({ requester, place }: { requester?: string; place?: string }): string[] => [
  ...(requester === undefined ? [] : ['requester = :requester']),
  ...(place === undefined ? [] : ['place = :place']),
];

/** What waits, and what it will cost. */
export const waitingSql = (of: { requester?: string; place?: string }): string =>
  sum([...whose(of), WAITING].join(' AND '));

/** How many wait or are being made. */
export const underWaySql = (of: { requester?: string; place?: string }): string =>
  `SELECT count(*) AS count FROM tasks WHERE ${['provider = :provider', ...whose(of), UNFINISHED].join(' AND ')}`;

/** Delivered clips, newest first: the tasks, or their scenes alone. */
export function clipsSql(
  filter: ClipFilter,
  { isOlder, what }: { isOlder: boolean; what: 'tasks' | 'scenes' },
): string {
  const where = ['person' in filter.in ? 'requester = :requester AND story IS NOT NULL' : 'place = :place'];
  if (!('person' in filter.in) && filter.by !== undefined) where.push('requester = :requester');
  where.push(`state = 'delivered'`);
  if (filter.isStarred) where.push(`stars <> '[]'`);
  if (isOlder) where.push(OLDER);
  const columns = what === 'tasks' ? TASK : 'id, created_at AS createdAt, fixed';
  return `SELECT ${columns} FROM tasks WHERE ${where.join(' AND ')} ORDER BY created_at DESC, id DESC LIMIT :limit`;
}
