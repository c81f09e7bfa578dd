import { z } from 'zod';
import type { Clock } from '../../util/clock.ts';
import { type Dump, type Entry, type EntryKind, type EntryOf, readOr, recordStatusSchema } from '../dump.ts';
import { json, key, text } from '../keys.ts';
import type { Db, Params } from './db.ts';
import { columnsOf, rowSchema, toTask } from './row.ts';
import { countSchema } from './shapes.ts';

/** Rows read at once. */
const PAGE = 200;

const flag = z.number().transform((value) => value !== 0);
const instant = z.number();

const taskRow = rowSchema.extend({ due_at: instant.nullable(), ended_at: instant.nullable() });
const spendRow = z.object({
  ...{ attempt: text, person: text, provider: text, request: text, cost: z.number() },
  ...{ settled: flag, moderated: flag, at: instant },
});
const draftRow = z.object({ key: text, data: json, expires_at: instant });
const paceRow = z.object({ kind: text, data: json });
const parkedRow = z.object({ name: text, until: instant, reason: z.string() });
const blobRow = z.object({
  ...{ task: z.string(), name: z.string(), bytes: z.number(), sha256: z.string(), created_at: instant },
});

const TABLES = {
  task: { table: 'tasks', key: 'id' },
  spend: { table: 'spend', key: 'attempt' },
  draft: { table: 'drafts', key: 'key' },
  pace: { table: 'paces', key: 'kind' },
  parked: { table: 'parked', key: 'name' },
} as const satisfies Record<EntryKind, { table: string; key: string }>;

const MARK = 'mark';

export function createDump({ db, clock }: { db: Db; clock: Clock }): Dump {
  /** All rows of a table, a page after the other. */
  async function* rows({
    table,
    key: column,
  }: (typeof TABLES)[EntryKind]): AsyncIterable<{ id: string; row: unknown }> {
    const at = z.record(z.string(), z.unknown());
    for (let after = ''; ; ) {
      const page = db.rows(at, `SELECT * FROM ${table} WHERE ${column} > :after ORDER BY ${column} LIMIT ${PAGE}`, {
        after,
      });
      for (const row of page) {
        after = z.string().parse(row[column]);
        yield { id: after, row };
      }
      if (page.length < PAGE) return;
    }
  }

  const count = (table: string): number =>
    db.rows(countSchema, `SELECT count(*) AS count FROM ${table}`)[0]?.count ?? 0;

  return {
    async *entries(kind, unreadable) {
      for await (const { id, row } of rows(TABLES[kind])) {
        const entry = readOr(() => READ[kind](row), id, unreadable);
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
      ...{ task: count('tasks'), spend: count('spend'), draft: count('drafts') },
      ...{ pace: count('paces'), parked: count('parked'), blob: count('blobs') },
    }),

    put: (entry) =>
      db.together(() => {
        const { table, columns } = rowOf(entry, clock.now());
        const names = Object.keys(columns);
        const values = names.map((name) => `:${name}`);
        db.run(`INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`, columns);
      }),

    async mark(as) {
      db.run('DELETE FROM meta WHERE name = :name', { name: MARK });
      if (as) db.run('INSERT INTO meta (name, value) VALUES (:name, :value)', { name: MARK, value: as });
    },
    async marked() {
      const sql = 'SELECT value FROM meta WHERE name = :name';
      return db.rows(z.object({ value: recordStatusSchema }), sql, { name: MARK })[0]?.value;
    },
  };
}

const READ: { [K in EntryKind]: (row: unknown) => EntryOf<K> } = {
  task(row) {
    const { due_at, ended_at, ...rest } = taskRow.parse(row);
    const instants = {
      ...(due_at === null ? {} : { dueAt: due_at }),
      ...(ended_at === null ? {} : { endedAt: ended_at }),
    };
    return { kind: 'task', task: toTask(rest), ...instants };
  },
  spend(row) {
    const { attempt, person, provider, cost, request, ...rest } = spendRow.parse(row);
    return { kind: 'spend', row: { attemptId: attempt, person, provider, cost, request }, ...rest };
  },
  draft(row) {
    const { expires_at, ...rest } = draftRow.parse(row);
    return { kind: 'draft', ...rest, expiresAt: expires_at };
  },
  pace(row) {
    const { kind, data } = paceRow.parse(row);
    return { kind: 'pace', name: kind, learned: data };
  },
  parked: (row) => ({ kind: 'parked', ...parkedRow.parse(row) }),
};

/** The row that makes an entry. Tables and columns are our own words. */
function rowOf(entry: Entry, now: number): { table: string; columns: Params } {
  switch (entry.kind) {
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
    case 'draft': {
      const data = JSON.stringify(entry.data ?? null);
      return { table: 'drafts', columns: { key: key(entry.key), data, expires_at: entry.expiresAt } };
    }
    case 'pace':
      return { table: 'paces', columns: { kind: key(entry.name), data: JSON.stringify(entry.learned) } };
    case 'parked':
      return { table: 'parked', columns: { name: key(entry.name), until: entry.until, reason: entry.reason } };
  }
}
