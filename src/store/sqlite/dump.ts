import { z } from 'zod';
import type { DumpSource, Entry, EntryType } from '../dump.ts';
import { key } from '../keys.ts';
import { spendFields } from '../spend.ts';
import type { Params, SqliteDb } from './db.ts';
import { columnsOf, rowSchema, toTask } from './row.ts';

/** Rows read at once. */
const PAGE = 200;

const recordSchema = z.looseObject({ key: z.string() });

/** What comes after `:after`, by the names that a dump has for it. */
const REST: Record<EntryType | 'blob', string> = {
  task: 'SELECT *, id AS key, due_at AS dueAt, ended_at AS endedAt FROM tasks WHERE id > :after ORDER BY id',
  spend: 'SELECT *, attempt AS key FROM spend WHERE attempt > :after ORDER BY attempt',
  kv: 'SELECT key, value, until FROM kv WHERE owner IS NULL AND key > :after ORDER BY key',
  blob: `
    SELECT *, task || '/' || name AS key, created_at AS createdAt,
      (SELECT min(task) FROM blobs AS other WHERE other.file = blobs.file) AS first
    FROM blobs
    WHERE (task, name) > (substr(:after, 1, 24), substr(:after, 26)) ORDER BY task, name`,
};

export const createDumpSource = (db: SqliteDb): Omit<DumpSource, 'relocate'> => ({
  page: async (type, after) => db.rows(recordSchema, `${REST[type]} LIMIT ${PAGE}`, { after }),
  count: async (type) => db.count(`SELECT count(*) AS count FROM (${REST[type]})`, { after: '' }),
  put: (entry) => db.together(() => db.insert(...rowOf(entry), { replacing: true })),
  toTask: (record) => toTask(rowSchema.parse(record)),
});

/** The table and the row that make an entry. */
function rowOf(entry: Entry): [table: string, columns: Params] {
  switch (entry.type) {
    case 'task':
      return ['tasks', columnsOf(entry)];
    case 'spend': {
      const { attemptId, settled, moderated, at } = entry;
      const ended = { settled: Number(settled), moderated: Number(moderated), at };
      return ['spend', { attempt: key(attemptId), ...spendFields(entry), ...ended }];
    }
    case 'kv': {
      const { key, value, until = null } = entry;
      return ['kv', { key, value: JSON.stringify(value), until }];
    }
  }
}
