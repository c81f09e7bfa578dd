import { z } from 'zod';
import type { Clock } from '../../util/clock.ts';
import { type Dump, type Entry, type EntryOf, type EntryType, readOr } from '../dump.ts';
import { json, key, text } from '../keys.ts';
import { createRecordStatus, type KeyValues } from '../kv.ts';
import type { Params, SqliteDb } from './db.ts';
import { columnsOf, rowSchema, toTask } from './row.ts';
import { countSchema } from './shapes.ts';

/** Rows read at once. */
const PAGE = 200;

const flag = z.number().transform((value) => value !== 0);
const instant = z.number();

const taskRow = rowSchema.extend({ due_at: instant.nullable(), ended_at: instant.nullable() });
const spendRow = z.object({
  attempt: text,
  person: text,
  provider: text,
  request: text,
  cost: z.number(),
  settled: flag,
  moderated: flag,
  at: instant,
});
const kvRow = z.object({ key: z.string(), value: json, until: instant.nullable() });
const blobRow = z.object({
  task: z.string(),
  name: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  created_at: instant,
});
const recordSchema = z.record(z.string(), z.unknown());

const TABLES = {
  task: { from: 'tasks', key: 'id' },
  spend: { from: 'spend', key: 'attempt' },
  kv: { from: '(SELECT * FROM kv WHERE owner IS NULL)', key: 'key' },
} as const satisfies Record<EntryType, { from: string; key: string }>;

export function createDump({ db, clock, values }: { db: SqliteDb; clock: Clock; values: KeyValues }): Dump {
  /** All rows of a table, a page after the other. */
  async function* rows(type: EntryType): AsyncIterable<{ id: string; row: unknown }> {
    const { from, key: column } = TABLES[type];
    const sql = `SELECT * FROM ${from} WHERE ${column} > :after ORDER BY ${column} LIMIT ${PAGE}`;
    for (let after = ''; ; ) {
      const page = db.rows(recordSchema, sql, { after });
      for (const row of page) {
        after = z.string().parse(row[column]);
        yield { id: after, row };
      }
      if (page.length < PAGE) return;
    }
  }

  const count = (from: string): number => db.rows(countSchema, `SELECT count(*) AS count FROM ${from}`)[0]?.count ?? 0;

  return {
    ...createRecordStatus(values),

    async *entries(type, unreadable) {
      for await (const { id, row } of rows(type)) {
        const entry = readOr(() => READ[type](row), id, unreadable);
        if (entry) yield entry;
      }
    },

    async *blobs() {
      let after = { task: '', name: '' };
      for (;;) {
        const sql = `SELECT task, name, bytes, sha256, created_at FROM blobs WHERE (task, name) > (:task, :name)
          ORDER BY task, name LIMIT ${PAGE}`;
        const page = db.rows(blobRow, sql, after);
        for (const { task, created_at, ...rest } of page) yield { taskId: task, ...rest, at: created_at };
        const last = page.at(-1);
        if (!last || page.length < PAGE) return;
        after = { task: last.task, name: last.name };
      }
    },

    counts: async () => ({
      task: count(TABLES.task.from),
      spend: count(TABLES.spend.from),
      kv: count(TABLES.kv.from),
      blob: count('blobs'),
    }),

    put: (entry) =>
      db.together(() => {
        const { table, columns } = rowOf(entry, clock.now());
        const names = Object.keys(columns);
        const values = names.map((name) => `:${name}`);
        db.run(`INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`, columns);
      }),
  };
}

const READ: { [T in EntryType]: (row: unknown) => EntryOf<T> } = {
  task(row) {
    const { due_at, ended_at, ...rest } = taskRow.parse(row);
    return { type: 'task', task: toTask(rest), dueAt: due_at ?? undefined, endedAt: ended_at ?? undefined };
  },
  spend(row) {
    const { attempt, person, provider, cost, request, ...rest } = spendRow.parse(row);
    return { type: 'spend', row: { attemptId: attempt, person, provider, cost, request }, ...rest };
  },
  kv(row) {
    const { key, value, until } = kvRow.parse(row);
    return { type: 'kv', key, value, until: until ?? undefined };
  },
};

/** The row that makes an entry. Tables and columns are our own words. */
function rowOf(entry: Entry, now: number): { table: string; columns: Params } {
  switch (entry.type) {
    case 'task': {
      const { task, dueAt = null, endedAt = null } = entry;
      const instants = { due_at: dueAt, ended_at: endedAt, created_at: task.at.received ?? now };
      return { table: 'tasks', columns: { ...columnsOf(task), ...instants } };
    }
    case 'spend': {
      const { attemptId, person, provider, cost, request } = entry.row;
      const keys = { attempt: key(attemptId), person: key(person), provider: key(provider), request: key(request) };
      const settled = { settled: Number(entry.settled), moderated: Number(entry.moderated), at: entry.at };
      return { table: 'spend', columns: { ...keys, cost, ...settled } };
    }
    case 'kv': {
      const { key, value, until = null } = entry;
      return { table: 'kv', columns: { key, value: JSON.stringify(value), until } };
    }
  }
}
