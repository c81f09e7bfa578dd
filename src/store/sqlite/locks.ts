import type { Clock } from '../../util/clock.ts';
import { key } from '../keys.ts';
import type { Locks } from '../store.ts';
import type { Db } from './db.ts';

const HOLD = `
  INSERT INTO locks (name, owner, until) VALUES (:name, :owner, :until)
  ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
  WHERE owner = excluded.owner OR until <= :now`;
const RELEASE = 'DELETE FROM locks WHERE name = :name AND owner = :owner';

/** One process has the file; yet it may have lived before, under another name. */
export function createLocks({ db, clock }: { db: Db; clock: Clock }): Locks {
  return {
    async hold(name, owner, ms) {
      const now = clock.now();
      const held = { name: key(name), owner: key(owner), until: now + Math.ceil(ms), now };
      return db.together(() => db.run(HOLD, held) > 0);
    },
    async release(name, owner) {
      await db.together(() => db.run(RELEASE, { name: key(name), owner: key(owner) }));
    },
  };
}
