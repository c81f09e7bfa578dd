import { type Gathering, gather } from '../../util/gather.ts';
import type { SqliteDb } from './db.ts';

/** A write that waits for the next commit. `run` returns how to tell its outcome once that is on disk. */
interface Write {
  run(): () => void;
  fail(error: unknown): void;
}

export interface Together extends Pick<SqliteDb, 'together'> {
  idle: Gathering<Write>['idle'];
}

/** Gathers writes into commits. `sync` puts what was written on disk, beside the event loop. */
export function createTogether(
  { script, transaction }: Pick<SqliteDb, 'script' | 'transaction'>,
  { isInTransaction, sync }: { isInTransaction: () => boolean; sync: () => Promise<void> },
): Together {
  /** The one kind of commit that does not itself wait for the disk: `sync` does. */
  function commitUnsynced(batch: Write[]): (() => void)[] {
    script('PRAGMA synchronous = NORMAL');
    try {
      return transaction(() => batch.map(({ run }) => run()));
    } finally {
      script('PRAGMA synchronous = FULL');
    }
  }

  const writes = gather(async (batch: Write[]) => {
    try {
      const tell = commitUnsynced(batch);
      await sync();
      for (const each of tell) each();
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  });

  return {
    idle: writes.idle,
    together: (work) =>
      new Promise((resolve, reject) => {
        function run(): () => void {
          script('SAVEPOINT one');
          try {
            const value = work();
            script('RELEASE one');
            return () => resolve(value);
          } catch (error) {
            // A full disk has ended the transaction for all.
            if (!isInTransaction()) throw error;
            script('ROLLBACK TO one; RELEASE one');
            return () => reject(error);
          }
        }
        writes.add({ run, fail: reject });
      }),
  };
}
