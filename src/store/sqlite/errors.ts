import Database from 'libsql';
import { FOLDER_SENTENCES, type FolderTrouble, folderTrouble } from '../../util/folder.ts';
import { StoreUnavailable } from '../store.ts';

type SqliteFailure = FolderTrouble | 'in-use' | 'damaged' | 'moved';

const SENTENCES: Record<SqliteFailure, (dir: string) => string> = {
  ...FOLDER_SENTENCES,
  'in-use': (dir) => `Another Kinora is using ${dir}. Stop it first, or set another DATA_DIR.`,
  moved: (dir) =>
    `The record in ${dir} was deleted or replaced while Kinora was using it. Stop Kinora before you do that, and put back what was there.`,
  damaged: (dir) =>
    `kinora.db in ${dir} is damaged or is no database. Put back a backup, as docs/running.md says, or set another DATA_DIR.`,
};

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html); its extended ones only add a suffix. */
const SQLITE_CODES: [RegExp, SqliteFailure][] = [
  [/^SQLITE_BUSY/, 'in-use'],
  [/^SQLITE_FULL/, 'full'],
  [/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/, 'not-writable'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'damaged'],
  [/^SQLITE_(IOERR|NOMEM|PROTOCOL)/, 'disk'],
];

/** These leave it open what is on disk, whatever the next call says: only opening anew tells. */
const LOSSES = /^SQLITE_(IOERR_(DIR_)?FSYNC|CORRUPT|NOTADB)/;

export const isLoss = (error: unknown): boolean => error instanceof Database.SqliteError && LOSSES.test(error.code);

/** The sentence about a failure of the machine or its setting. */
export const unavailable = (failure: SqliteFailure, dir: string, cause?: unknown): StoreUnavailable =>
  new StoreUnavailable(SENTENCES[failure](dir), { cause });

/** The error to throw instead: `StoreUnavailable` where the machine or its setting is at fault, else the error itself. */
export function plain(error: unknown, dir: string): unknown {
  const failure = failureOf(error);
  return failure ? unavailable(failure, dir, error) : error;
}

/** Awaits work on files; what it throws is `plain`. */
export async function guarded<T>(dir: string, work: () => T): Promise<Awaited<T>> {
  try {
    return await work();
  } catch (error) {
    throw plain(error, dir);
  }
}

function failureOf(error: unknown): SqliteFailure | undefined {
  if (error instanceof StoreUnavailable || !(error instanceof Error)) return undefined;
  if (error instanceof Database.SqliteError) return SQLITE_CODES.find(([code]) => code.test(error.code))?.[1];
  // What the driver throws when the file cannot be opened at all carries no code.
  if (error.message.startsWith('ConnectionFailed')) return 'not-writable';
  return folderTrouble(error);
}

/** For `catch`: what is not there is undefined; any other error is thrown on. */
export function undefinedIfGone(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  return undefined;
}
