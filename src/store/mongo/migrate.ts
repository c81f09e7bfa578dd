import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Log } from '../../util/log.ts';
import { type KeptLock, keepLock } from '../keep-lock.ts';
import { key } from '../keys.ts';
import { valueKey } from '../kv.ts';
import { botsOf, RECORD_LOCK } from '../shared-use.ts';
import { StoreUnavailable } from '../store.ts';
import { createLocks } from '../values.ts';
import type { StoreClock } from './clock.ts';
import type { MongoDb } from './db.ts';
import { plain } from './errors.ts';
import { createKeyValues } from './kv.ts';
import { COLLECTIONS, MIGRATIONS, type Migration } from './migrations.ts';

const ID = 'kinora';
const LOCK = 'migration';
const LOOK_AGAIN_MS = 100;

/** Our own lock, an older program's too, is there before the first step. */
const OTHERS = { _id: { $nin: [valueKey('lock', LOCK), key(LOCK)] } };

const versionSchema = z.object({ version: z.number().int() });

/**
 * Brings the database to the program's version, a step at a time. One process does it, under a lock that it prolongs;
 * the others wait for it, or take over where it died. Always writes, so that missing rights are told at the start.
 * While programs of an earlier version work on it, it is left as it is: they would misread what newer ones write. From then
 * on those of this version have it: one of an earlier that starts meanwhile, and has seen the old version, is kept away.
 */
export async function migrate(
  { db, clock, log }: { db: MongoDb; clock: StoreClock; log?: Pick<Log, 'warn'> },
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const { where } = db;
  const { schema } = db.models;
  const values = createKeyValues({ db, clock });
  const locks = createLocks(values);
  const owner = randomBytes(8).toString('hex');

  async function versionNow(): Promise<number> {
    const change = { $set: { openedAt: clock.now() }, $setOnInsert: { version: 0 } };
    await db.upsert(() => schema.updateOne({ _id: ID }, change, { upsert: true }));
    const { version } = versionSchema.parse(await db.run(() => schema.findOne({ _id: ID }).lean()));
    if (version > migrations.length)
      throw new StoreUnavailable(
        `A newer Kinora has written the database ${where.database} at ${where.hosts}. Update this one, or set another MONGO_URL.`,
      );
    return version;
  }

  /** A database may have other users: what they keep under our names must not be taken for ours, least of all swept. */
  async function refuseOthers(): Promise<void> {
    for (const name of COLLECTIONS)
      if (await db.run(() => db.native.collection<{ _id: string }>(name).findOne(OTHERS, { projection: { _id: 1 } })))
        throw new StoreUnavailable(
          `The database ${where.database} at ${where.hosts} has somebody else's ${name}. Name another database in MONGO_URL.`,
        );
  }

  /**
   * Takes the record for this version's programs. Those of an earlier one keep a lock on it, which ends half a minute after
   * the last of them; where it is prolonged one lives.
   */
  async function outlastOlder(): Promise<KeptLock> {
    const heldUntil = async () => (await values.get(valueKey('lock', RECORD_LOCK)))?.until;
    let first: number | undefined;
    for (;;) {
      const lock = await keepLock(locks, { name: RECORD_LOCK, owner: botsOf(migrations.length) });
      if (lock) return lock;
      for (let until = await heldUntil(); until !== undefined; until = await heldUntil()) {
        if (first === undefined)
          log?.warn(
            'an earlier Kinora worked on the record until just now: half a minute is waited whether it has ended',
          );
        first ??= until;
        if (until > first)
          throw new StoreUnavailable(
            `An earlier Kinora works on the database ${where.database} at ${where.hosts}, or a copy of it is being made. Stop all of them, then start this one.`,
          );
        await delay(LOOK_AGAIN_MS);
      }
    }
  }

  /** Not within an operation's time: an index over many tasks takes as long as it takes. */
  async function step(migration: Migration, version: number): Promise<void> {
    await migration.run(db.native).catch((error: unknown) => {
      throw plain(error, where);
    });
    // A process that lost the lock meanwhile changes nothing: steps may run twice, versions only go up.
    await db.run(() => schema.updateOne({ _id: ID, version }, { $set: { version: version + 1 } }));
  }

  let isNew = false;
  for (let version = await versionNow(); version < migrations.length; version = await versionNow()) {
    const lock = await keepLock(locks, { name: LOCK, owner });
    if (!lock) {
      await delay(LOOK_AGAIN_MS);
      continue;
    }
    let taken: KeptLock | undefined;
    try {
      // Again, now that nobody else is at it.
      const found = await versionNow();
      const next = migrations[found];
      isNew ||= found === 0;
      if (found === 0) await refuseOthers();
      // Nobody has worked on one that is new.
      if (next && !isNew) taken = await outlastOlder();
      if (next) await step(next, found);
    } finally {
      // It goes on for half a minute: until then this program has begun, and one that saw the old version is refused.
      taken?.stop();
      await lock.release();
    }
  }
}
