import { gather } from '../../util/gather.ts';

/** A write that waits for the next commit. `run` returns how to tell its outcome once that is on disk. */
interface Write {
  run(): () => void;
  fail(error: unknown): void;
}

/** What writes are gathered on. `sync` puts on disk, beside the event loop, what was written. */
interface Commits {
  script(sql: string): void;
  transaction<T>(work: () => T): T;
  isInTransaction(): boolean;
  sync(): Promise<void>;
}

export function createTogether({ script, transaction, isInTransaction, sync }: Commits) {
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
    /**
     * A transaction that is on disk together with whatever else comes until the disk has taken what came before: a
     * hundred writes at once wait for it once, and nothing else waits meanwhile. Others may read it a moment before it is
     * on disk. Work that throws undoes itself alone. `work` must not wait for anything.
     */
    together: <T>(work: () => T): Promise<T> =>
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
