import { join } from 'node:path';
import Database from 'libsql';

/** Memory for pages, in KiB: the upper levels of every index of some 100,000 tasks. */
const CACHE_KIB = 16 * 1024;
/** The log is folded into the file, while everything waits, when it has so many pages of 4 KiB. */
const CHECKPOINT_PAGES = 4_000;

/**
 * Takes a folder by a file that holds nothing, so that it stays taken where the record is deleted or replaced. Returns how
 * to let go of it.
 */
export function lockFolder(dir: string): () => void {
  const database = new Database(join(dir, 'kinora.lock'));
  // No journal beside it: there is nothing to undo.
  read(database, 'PRAGMA journal_mode = OFF');
  database.exec('BEGIN EXCLUSIVE');
  return () => {
    if (!database.open) return;
    database.exec('ROLLBACK');
    database.close();
  };
}

/** Takes the record's file for this process alone. */
export function lock(database: Database.Database): void {
  // Exclusive before WAL: then there is no shared memory file, and the lock stays with this process until `close`.
  read(database, 'PRAGMA locking_mode = EXCLUSIVE');
  read(database, 'PRAGMA journal_mode = WAL');
  read(database, 'PRAGMA synchronous = FULL');
  // What is deleted or replaced is overwritten with zeros.
  read(database, 'PRAGMA secure_delete = ON');
  read(database, `PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  read(database, `PRAGMA cache_size = -${CACHE_KIB}`);
  database.exec('BEGIN EXCLUSIVE; COMMIT');
}

/**
 * The driver keeps the file, and its lock, until the last statement is collected. Leaving WAL lets go of the lock now;
 * it also folds the log into the file, so that what is left is one file, easy to copy.
 */
export function release(database: Database.Database): void {
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
