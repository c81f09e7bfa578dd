import { z } from 'zod';
import { StoreUnavailable } from '../store.ts';
import type { SqliteDb } from './db.ts';

/**
 * The schema's steps, oldest first; the n-th makes version n. What has been released is never edited, only added to.
 * Columns of `tasks` are what is searched by; what a task says is JSON, apart by who may write it (see `task.ts`):
 * `fixed` at insert, `decisions` by the lease's holder, `accepted` and `sent` as facts, `requests` by people.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE tasks (
    id TEXT PRIMARY KEY,
    request_key TEXT NOT NULL UNIQUE,
    requester TEXT NOT NULL,
    provider TEXT NOT NULL,
    place TEXT NOT NULL,
    cost REAL NOT NULL,
    state TEXT NOT NULL,
    rank INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER,
    lease_owner TEXT,
    lease_until INTEGER,
    -- 1: the lease, while there is one, is for starting, so that the task holds a slot. Each claim sets it.
    starting INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    fixed TEXT NOT NULL,
    decisions TEXT NOT NULL,
    accepted TEXT NOT NULL,
    sent TEXT NOT NULL,
    requests TEXT NOT NULL
  ) STRICT;
  -- A leased task is due when its lease ends, so one range finds all there is to do.
  CREATE INDEX tasks_due ON tasks (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX tasks_start ON tasks (provider, rank, id) WHERE state = 'queued' AND lease_owner IS NULL;
  CREATE INDEX tasks_leased ON tasks (provider, state, rank, id) WHERE lease_owner IS NOT NULL;
  CREATE INDEX tasks_running ON tasks (provider, rank) WHERE state IN ('submitting', 'rendering');
  CREATE INDEX tasks_waiting ON tasks (provider, rank) WHERE state IN ('received', 'queued');
  CREATE INDEX tasks_own ON tasks (provider, requester, rank)
    WHERE state IN ('received', 'queued', 'submitting', 'rendering');
  CREATE INDEX tasks_cost ON tasks (provider, cost) WHERE state IN ('received', 'queued');
  CREATE INDEX tasks_own_cost ON tasks (provider, requester, cost) WHERE state IN ('received', 'queued');
  CREATE INDEX tasks_state ON tasks (state);
  CREATE INDEX tasks_place ON tasks (place, created_at, id);

  CREATE TABLE blobs (
    task TEXT NOT NULL,
    name TEXT NOT NULL,
    file TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (task, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE drafts (key TEXT PRIMARY KEY, data TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;
  CREATE INDEX drafts_expiry ON drafts (expires_at);

  CREATE TABLE spend (
    attempt TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    provider TEXT NOT NULL,
    cost REAL NOT NULL,
    request TEXT NOT NULL,
    settled INTEGER NOT NULL,
    moderated INTEGER NOT NULL DEFAULT 0,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX spend_person ON spend (person, at, provider, cost);
  CREATE INDEX spend_provider ON spend (provider, at, cost);
  CREATE INDEX spend_moderated ON spend (person, at) WHERE moderated = 1;
  CREATE INDEX spend_at ON spend (at, cost);

  CREATE TABLE paces (kind TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT;
  CREATE TABLE parked (name TEXT PRIMARY KEY, until INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
  `,
  `
  CREATE INDEX tasks_clips ON tasks (requester, created_at, id) WHERE state = 'delivered';

  -- When it ended; absent while it has not.
  ALTER TABLE tasks ADD COLUMN ended_at INTEGER;
  UPDATE tasks SET ended_at = created_at WHERE state IN ('delivered', 'failed', 'cancelled');
  CREATE INDEX tasks_ended ON tasks (ended_at) WHERE ended_at IS NOT NULL AND due_at IS NULL;

  -- Names the last save.
  ALTER TABLE tasks ADD COLUMN token TEXT;

  CREATE TABLE locks (name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL) STRICT;
  -- About the record as a whole.
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE agreed (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  -- Blobs are files of one folder from here on, which an older program would not find.
  `,
  `
  -- A picture that fits as it came is kept once from here on: an older program would look for another.
  `,
  `
  -- Small values of all kinds, as JSON; see \`store/kv.ts\`.
  CREATE TABLE kv (key TEXT PRIMARY KEY, value TEXT NOT NULL, owner TEXT, until INTEGER) STRICT;
  CREATE INDEX kv_until ON kv (until) WHERE until IS NOT NULL;
  INSERT INTO kv (key, value, until) SELECT 'draft:' || key, data, expires_at FROM drafts;
  INSERT INTO kv (key, value) SELECT 'duration:' || kind, data FROM paces;
  INSERT INTO kv (key, value, until) SELECT 'cooldown:' || name, json_quote(reason), until FROM parked;
  INSERT INTO kv (key, value) SELECT 'once:' || name, json_quote(value) FROM agreed;
  INSERT INTO kv (key, value, owner) SELECT 'status', json_quote(value), 'copy' FROM meta WHERE name = 'mark';
  DROP TABLE drafts;
  DROP TABLE paces;
  DROP TABLE parked;
  DROP TABLE agreed;
  DROP TABLE meta;
  -- Of processes that are dead.
  DROP TABLE locks;
  `,
  `
  -- Unions in a task are told apart by \`type\` from here on, which an older program could not read. This one reads both:
  -- see \`parseRecord\`.
  `,
  `
  -- What is erased is overwritten from here on; what was before goes by writing the file anew, see \`migrate\`.
  `,
  `
  -- A request is known by what it led to, also where its task is gone. From here on an attempt may be \`left\`, which an
  -- older program could not read.
  CREATE INDEX spend_request ON spend (request);
  `,
  `
  -- A file may have several owners from here on, which an older program would not know; \`home\` is the task in its name,
  -- where that is another than its owner.
  ALTER TABLE blobs ADD COLUMN home TEXT;
  CREATE INDEX blobs_file ON blobs (file, task);

  -- The first task of its line of takes, and the one whose clip it shows: each task has the one or the other.
  ALTER TABLE tasks ADD COLUMN story TEXT;
  ALTER TABLE tasks ADD COLUMN shows TEXT;
  UPDATE tasks SET story = id;
  CREATE INDEX tasks_story ON tasks (story, created_at, id) WHERE story IS NOT NULL;
  CREATE INDEX tasks_shows ON tasks (shows) WHERE shows IS NOT NULL;

  ALTER TABLE tasks ADD COLUMN stars TEXT NOT NULL DEFAULT '[]';
  DROP INDEX tasks_ended;
  CREATE INDEX tasks_ended ON tasks (ended_at) WHERE ended_at IS NOT NULL AND due_at IS NULL AND stars = '[]';

  DROP INDEX tasks_clips;
  CREATE INDEX clips_place ON tasks (place, created_at, id) WHERE state = 'delivered';
  CREATE INDEX clips_by ON tasks (place, requester, created_at, id) WHERE state = 'delivered';
  CREATE INDEX clips_own ON tasks (requester, created_at, id) WHERE state = 'delivered' AND story IS NOT NULL;
  CREATE INDEX stars_place ON tasks (place, created_at, id) WHERE state = 'delivered' AND stars <> '[]';
  CREATE INDEX stars_by ON tasks (place, requester, created_at, id) WHERE state = 'delivered' AND stars <> '[]';
  CREATE INDEX stars_own ON tasks (requester, created_at, id)
    WHERE state = 'delivered' AND story IS NOT NULL AND stars <> '[]';
  `,
  `
  -- What a chat has of its day, and waiting; of what was spent before it is not known where. An older program would go on so.
  ALTER TABLE spend ADD COLUMN chat TEXT;
  CREATE INDEX spend_chat ON spend (chat, at, provider, cost) WHERE chat IS NOT NULL;
  CREATE INDEX tasks_here ON tasks (provider, place)
    WHERE state IN ('received', 'queued', 'submitting', 'rendering');
  CREATE INDEX tasks_here_cost ON tasks (provider, place, cost) WHERE state IN ('received', 'queued');
  `,
  `
  -- Of several takes all but the lead have no picture at first: an older program would give them up.
  `,
  `
  -- All that a person has, to be told or forgotten.
  CREATE INDEX tasks_person ON tasks (requester, created_at, id);
  CREATE INDEX tasks_starred ON tasks (id) WHERE stars <> '[]';
  `,
  `
  -- What became of the clips of an hour, a day, a week.
  CREATE INDEX tasks_history ON tasks (state, id) WHERE story IS NOT NULL;
  `,
  `
  -- A file may be an object in a bucket from here on, where an older program would not look.
  `,
  `
  -- What has ended is in as few indexes as it is looked for by.
  CREATE INDEX tasks_open ON tasks (state) WHERE due_at IS NOT NULL;
  DROP INDEX tasks_state;
  DROP INDEX clips_place;
  DROP INDEX clips_own;
  `,
];

const FIRST_TO_ERASE = 6;

const versionSchema = z.object({ user_version: z.number().int() });

/** Brings the file to the program's version, whole or not at all: one commit, as each waits for the disk. */
export function migrate(db: SqliteDb, dir: string, migrations: readonly string[] = MIGRATIONS): void {
  const found = db.rows(versionSchema, 'PRAGMA user_version')[0]?.user_version ?? 0;
  if (found > migrations.length)
    throw new StoreUnavailable(`A newer Kinora has written ${dir}. Update this one, or set another DATA_DIR.`);
  if (found > 0 && found < FIRST_TO_ERASE) db.script('VACUUM');
  if (found === migrations.length) return;
  db.transaction(() => {
    db.script([...migrations.slice(found), `PRAGMA user_version = ${migrations.length}`].join(';'));
  });
}
