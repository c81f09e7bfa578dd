import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import Database from 'libsql';
import { z } from 'zod';
import { StoreUnavailable } from '../store.ts';
import { isLoss, plain, unavailable } from './errors.ts';
import { lock, release } from './file-lock.ts';
import { fileAt, watchFiles } from './in-place.ts';
import { createTogether } from './together.ts';

/** An undefined one is NULL, and one that is not named is left aside. */
export type Params = Record<string, string | number | null | undefined>;

const countSchema = z.object({ count: z.number() });

export type SqliteDb = ReturnType<typeof openDb>;

export interface DbOptions {
  /** Puts a file's bytes on disk. */
  sync?: (fd: number) => Promise<void>;
  /** Hears once why this connection will never do anything again; the file may be opened anew, by another process. */
  lost?: (why: StoreUnavailable) => void;
}

/**
 * Opens (or makes) the file and locks it until `close`: one exclusive connection. Calls block until they are done,
 * commits until they are on disk; so between two awaits nothing else touches the record, and a read followed by one write
 * needs no transaction. What people may have to wait for is written by `together`, which blocks nobody; its work is done
 * later, in order. `dir` is the folder's name as errors should say it.
 */
export function openDb(file: string, dir: string, { sync = promisify(fdatasync), lost = () => {} }: DbOptions = {}) {
  const logFile = `${file}-wal`;
  const database = guarded(dir, () => new Database(file));
  const log = guarded(dir, () => {
    try {
      lock(database);
      // Made by the lock, and the same file until `release`.
      return openSync(logFile, 'r+');
    } catch (error) {
      release(database);
      throw error;
    }
  });
  const statements = new Map<string, Database.Statement<[Params]>>();
  let closed = false;
  let loss: StoreUnavailable | undefined;
  let isTorn = false;
  const ownLog = fileAt(logFile);
  const lookout = watchFiles([file, logFile], () => lose(unavailable('moved', dir)));

  /** Ends all use. Returns what to throw. */
  function lose(why: StoreUnavailable): StoreUnavailable {
    if (loss) return loss;
    loss = why;
    lost(why);
    return why;
  }

  function guard<T>(work: () => T): T {
    if (closed) throw new StoreUnavailable('The store is closed.');
    if (loss) throw loss;
    try {
      return guarded(dir, work);
    } catch (error) {
      if (!(error instanceof StoreUnavailable && isLoss(error.cause))) throw error;
      isTorn = true;
      throw lose(error);
    }
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
      // What the system dropped it never writes later, whatever the next sync says.
      isTorn = true;
      const why = plain(error, dir);
      throw lose(why instanceof StoreUnavailable ? why : unavailable('disk', dir, error));
    }
    if (!lookout.areInPlace()) throw lose(unavailable('moved', dir));
  }

  /** The rows, each parsed. Throws `StoreUnavailable` where the disk or the file is at fault, like all the others. */
  function rows<T>(shape: z.ZodType<T>, sql: string, params: Params = {}): T[] {
    // Not `get`: this driver leaves the statement open behind it, and with it a lock or an unfinished write.
    return execute(sql, (it) => it.all(params)).map((row) => shape.parse(row));
  }

  /** Writes; returns how many rows it touched. */
  const run = (sql: string, params: Params = {}): number => execute(sql, (it) => it.run(params).changes);

  /** Several statements, told apart by `;`, without parameters. */
  const script = (sql: string): void => void guard(() => database.exec(sql));

  /** All of it or nothing. `work` must not wait for anything. */
  function transaction<T>(work: () => T): T {
    script('BEGIN IMMEDIATE');
    try {
      const result = work();
      script('COMMIT');
      return result;
    } catch (error) {
      // A full disk has rolled it back already.
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Not a torn log: what is folded is not verified, what is opened is. Nor where another's log stands in the place of
   * ours: it would go in its stead.
   */
  const mayFold = () => !isTorn && [undefined, ownLog].includes(fileAt(logFile));

  const isInTransaction = () => database.inTransaction;
  const { together, idle } = createTogether({ script, transaction, isInTransaction, sync: syncLog });
  return {
    rows,
    run,
    script,
    transaction,
    together,
    /** What a statement returns as `count`. */
    count: (sql: string, params?: Params): number => rows(countSchema, sql, params)[0]?.count ?? 0,
    /** Writes the log into the file, while everything waits, and empties it: what was erased is in neither then. */
    fold: (): void => void execute('PRAGMA wal_checkpoint(TRUNCATE)', (it) => it.all({})),
    /** Adds a row, or puts it in place of the one with its key. Tables and columns are our own words. */
    insert(table: string, columns: Params, { replacing = false } = {}): void {
      const names = Object.keys(columns);
      const values = names.map((name) => `:${name}`);
      run(
        `INSERT ${replacing ? 'OR REPLACE ' : ''}INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`,
        columns,
      );
    },
    /** Resolves once what was written before is told. */
    async close(): Promise<void> {
      await idle();
      if (closed) return;
      closed = true;
      statements.clear();
      lookout.stop();
      // Else it is left as by a kill.
      if (mayFold()) release(database);
      closeSync(log);
    },
  };
}

function guarded<T>(dir: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw plain(error, dir);
  }
}
