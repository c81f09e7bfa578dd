import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import Database from 'libsql';
import type { z } from 'zod';
import { StoreUnavailable } from '../store.ts';
import { plain } from './errors.ts';
import { createTogether, type Together } from './together.ts';

export type Params = Record<string, string | number | null>;

/**
 * One exclusive connection. Calls block until they are done, commits until they are on disk; so between two awaits
 * nothing else touches the record, and a read followed by one write needs no transaction. What people may have to wait
 * for is written by `together`, which blocks nobody; its work is done later, in order.
 */
export interface SqliteDb extends Together {
  /** The rows, each parsed. Throws `StoreUnavailable` where the disk or the file is at fault, like all the others. */
  rows<T>(shape: z.ZodType<T>, sql: string, params?: Params): T[];
  /** Writes; returns how many rows it touched. */
  run(sql: string, params?: Params): number;
  /** Several statements, told apart by `;`, without parameters. */
  script(sql: string): void;
  /** All of it or nothing. `work` must not wait for anything. */
  transaction<T>(work: () => T): T;
  /** Resolves once what was written before is told. */
  close(): Promise<void>;
}

/** Memory for pages, in KiB: the upper levels of every index of some 100,000 tasks. */
const CACHE_KIB = 16 * 1024;
/** The log is folded into the file, while everything waits, when it has so many pages of 4 KiB. */
const CHECKPOINT_PAGES = 4_000;

/**
 * Opens (or makes) the file and locks it until `close`. `dir` is the folder's name as errors should say it; `sync` puts
 * a file's bytes on disk.
 */
export function openDb(
  file: string,
  dir: string,
  sync: (fd: number) => Promise<void> = promisify(fdatasync),
): SqliteDb {
  const database = guarded(dir, () => new Database(file));
  const log = guarded(dir, () => {
    try {
      lock(database);
      // Made by the lock, and the same file until `release`.
      return openSync(`${file}-wal`, 'r+');
    } catch (error) {
      release(database);
      throw error;
    }
  });
  const statements = new Map<string, Database.Statement<[Params]>>();
  let closed = false;
  let broken: unknown;

  function guard<T>(work: () => T): T {
    if (closed) throw new StoreUnavailable('The store is closed.');
    if (broken) throw broken;
    return guarded(dir, work);
  }

  /** Statements are kept, except one that failed: this driver may fail it for ever after. */
  function execute<T>(sql: string, how: (statement: Database.Statement<[Params]>) => T): T {
    return guard(() => {
      const kept = statements.get(sql);
      const statement = kept ?? database.prepare<[Params]>(sql);
      if (!kept) statements.set(sql, statement);
      try {
        return how(statement);
      } catch (error) {
        statements.delete(sql);
        throw error;
      }
    });
  }

  async function syncLog(): Promise<void> {
    try {
      await sync(log);
    } catch (error) {
      // What the system dropped it never writes later, whatever the next sync says: only opening anew tells what is there.
      broken = plain(error, dir);
      throw broken;
    }
  }

  const db: Omit<SqliteDb, 'together' | 'close'> = {
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
  };
  const { together, idle } = createTogether({ ...db, isInTransaction: () => database.inTransaction, sync: syncLog });
  return {
    ...db,
    together,
    async close() {
      await idle();
      if (closed) return;
      closed = true;
      statements.clear();
      release(database);
      closeSync(log);
    },
  };
}

function lock(database: Database.Database): void {
  // Exclusive before WAL: then there is no shared memory file, and the lock stays with this process until `close`.
  read(database, 'PRAGMA locking_mode = EXCLUSIVE');
  read(database, 'PRAGMA journal_mode = WAL');
  read(database, 'PRAGMA synchronous = FULL');
  read(database, `PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
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
