import Database from 'libsql';
import type { z } from 'zod';
import { StoreUnavailable } from '../store.ts';
import { plain } from './errors.ts';

export type Params = Record<string, string | number | null>;

/**
 * One exclusive connection. Calls block until they are done, commits until they are on disk; so between two awaits
 * nothing else touches the record, and a read followed by one write needs no transaction.
 */
export interface Db {
  /** The rows, each parsed. Throws `StoreUnavailable` where the disk or the file is at fault, like all the others. */
  rows<T>(shape: z.ZodType<T>, sql: string, params?: Params): T[];
  /** Writes; returns how many rows it touched. */
  run(sql: string, params?: Params): number;
  /** Several statements, told apart by `;`, without parameters. */
  script(sql: string): void;
  /** All of it or nothing. `work` must not wait for anything. */
  transaction<T>(work: () => T): T;
  /**
   * The same, on disk together with whatever else comes in this turn of the event loop: a hundred writes at once wait
   * for the disk once. Work that throws undoes itself alone. `work` must not wait for anything.
   */
  together<T>(work: () => T): Promise<T>;
  close(): void;
}

/** A write that waits for the next commit. `run` returns how to tell its outcome once that is on disk. */
interface Waiting {
  run(): () => void;
  fail(error: unknown): void;
}

/** Memory for pages, in KiB: the upper levels of every index of some 100,000 tasks. */
const CACHE_KIB = 16 * 1024;

/** Opens (or makes) the file and locks it until `close`. `dir` is the folder's name as errors should say it. */
export function openDb(file: string, dir: string): Db {
  const database = guarded(dir, () => new Database(file));
  const statements = new Map<string, Database.Statement<[Params]>>();
  let closed = false;

  function guard<T>(work: () => T): T {
    if (closed) throw new StoreUnavailable('The store is closed.');
    return guarded(dir, work);
  }

  /** Statements are kept, except one that failed: this driver may fail it for ever after. */
  function execute<T>(sql: string, how: (statement: Database.Statement<[Params]>) => T): T {
    return guard(() => {
      const statement = statements.get(sql) ?? database.prepare<[Params]>(sql);
      statements.delete(sql);
      const result = how(statement);
      statements.set(sql, statement);
      return result;
    });
  }

  let waiting: Waiting[] = [];

  function commitAll(): void {
    const batch = waiting;
    waiting = [];
    try {
      const tell = db.transaction(() => batch.map(({ run }) => run()));
      for (const each of tell) each();
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  }

  const db: Db = {
    // Not `get`: this driver leaves the statement open behind it, and with it a lock or an unfinished write.
    rows: (shape, sql, params = {}) => execute(sql, (it) => it.all(params)).map((row) => shape.parse(row)),
    run: (sql, params = {}) => execute(sql, (it) => it.run(params).changes),
    script: (sql) => void guard(() => database.exec(sql)),
    transaction(work) {
      db.script('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.script('COMMIT');
        return result;
      } catch (error) {
        // A full disk has rolled it back already.
        if (database.inTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    together: (work) =>
      new Promise((resolve, reject) => {
        function run(): () => void {
          db.script('SAVEPOINT one');
          try {
            const value = work();
            db.script('RELEASE one');
            return () => resolve(value);
          } catch (error) {
            // A full disk has ended the transaction for all.
            if (!database.inTransaction) throw error;
            db.script('ROLLBACK TO one; RELEASE one');
            return () => reject(error);
          }
        }
        waiting.push({ run, fail: reject });
        if (waiting.length === 1) setImmediate(commitAll);
      }),
    close() {
      if (waiting.length > 0) commitAll();
      if (!closed) release(database);
      closed = true;
      statements.clear();
    },
  };

  try {
    guard(() => lock(database));
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

function lock(database: Database.Database): void {
  // Exclusive before WAL: then there is no shared memory file, and the lock stays with this process until `close`.
  read(database, 'PRAGMA locking_mode = EXCLUSIVE');
  read(database, 'PRAGMA journal_mode = WAL');
  read(database, 'PRAGMA synchronous = FULL');
  read(database, `PRAGMA cache_size = -${CACHE_KIB}`);
  database.exec('BEGIN EXCLUSIVE; COMMIT');
}

/**
 * The driver keeps the file, and its lock, until the last statement is collected. Leaving WAL lets go of the lock now;
 * it also folds the log into the file, so that what is left is one file, easy to copy.
 */
function release(database: Database.Database): void {
  try {
    read(database, 'PRAGMA journal_mode = DELETE');
    read(database, 'PRAGMA locking_mode = NORMAL');
    read(database, 'SELECT count(*) FROM sqlite_schema');
  } catch {
    // A full disk, say. Everything is in the log, which the next open reads.
  }
  database.close();
}

const read = (database: Database.Database, sql: string): unknown[] => database.prepare(sql).all();

function guarded<T>(dir: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw plain(error, dir);
  }
}
