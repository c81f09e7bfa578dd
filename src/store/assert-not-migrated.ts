import { type Store, StoreUnavailable } from './store.ts';

/** Throws `StoreUnavailable` for a record that no bot may work on: half a copy, or one that was moved elsewhere. */
export async function assertNotMigrated({ dump }: Store): Promise<void> {
  switch (await dump.marked()) {
    case 'being copied to':
      throw new StoreUnavailable('The record is half a copy: run `npm run store -- copy` again until it is whole.');
    case 'moved away':
      throw new StoreUnavailable(
        'This record was copied to another store, and two bots with one record would pay twice. Set MONGO_URL to where it is now.',
      );
    case undefined:
  }
}
