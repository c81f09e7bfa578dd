import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Log } from '../../util/log.ts';
import { createNamedSemaphores, NoRoom } from '../../util/semaphore.ts';
import { key, text } from '../keys.ts';
import { createReserved } from '../reserved.ts';
import { partsOf } from '../task-record.ts';
import { type Claims, comesBefore, LEASE_MS } from '../tasks.ts';
import { searching } from './ask.ts';
import type { StoreClock } from './clock.ts';
import { countIn, type TaskCollection } from './collection.ts';
import { type MongoDb, PATIENCE_MS } from './db.ts';
import { idOf, readable, toTask } from './document.ts';
import { learnFact } from './facts.ts';
import { count, find } from './queries.ts';
import { leaseFor, leasing, listFacts, renewing, saving } from './updates.ts';

export interface MongoClaimDeps {
  db: MongoDb;
  tasks: TaskCollection;
  clock: StoreClock;
  log?: Pick<Log, 'error'>;
}

const savedSchema = z.object({ token: z.string().optional(), leaseOwner: z.string().optional() });
const startableSchema = z.object({ provider: text });
const nextSchema = z.object({ _id: z.string(), rank: z.number() }).transform(({ _id: id, rank }) => ({ id, rank }));
const idsOf = (documents: unknown[]): string[] => documents.map(idOf);

export function createClaims({ db, tasks, clock, log }: MongoClaimDeps): Claims {
  const inTurn = createNamedSemaphores<string>({ maxWaitMs: PATIENCE_MS });
  const reserved = createReserved();
  const lease = (owner: string, starting: boolean) => leaseFor(owner, { now: clock.now(), starting });

  /** One at a time of each provider. `free`: of its slots, those that nobody in this process is about to use; one at least. */
  const whereFree = <T>(
    provider: string,
    slots: number,
    work: (free: number) => Promise<T | undefined>,
  ): Promise<T | undefined> =>
    inTurn(provider, async () => {
      const free = slots - reserved.of(provider);
      return free < 1 ? undefined : work(free);
    }).catch((error: unknown) => {
      throw error instanceof NoRoom ? db.late() : error;
    });

  return {
    // Three round trips: look, take what is still there, see what was taken. The second of two takes less. Where one is
    // due it is taken and seen at once; where one is wanted, as by a process that has all it can do, looked for as well.
    async claimDue(owner, limit) {
      if (limit < 1) return [];
      await clock.fresh();
      const now = clock.now();
      if (limit === 1) {
        const claimed = await tasks.change(find.due(now, 1), leasing(lease(owner, false)));
        return claimed ? readable([claimed], log) : [];
      }
      const ids = idsOf(await tasks.find(find.due(now, limit)));
      if (ids.length === 0) return [];
      if (ids.length === 1) {
        const claimed = await tasks.change(find.stillDue(ids, now), leasing(lease(owner, false)));
        return claimed ? readable([claimed], log) : [];
      }
      const taken = lease(owner, false);
      if ((await tasks.changeAll(find.stillDue(ids, now), leasing(taken))) === 0) return [];
      const claimed = await tasks.find(find.claimed(ids, taken.claim));
      const byId = new Map(claimed.map((document) => [idOf(document), document]));
      // One that cannot be read stays leased, so that it neither stops the others nor is lost.
      return readable(
        ids.flatMap((id) => byId.get(id) ?? []),
        log,
      );
    },

    /**
     * Two round trips. One at a time in a process; another process may start one between our count and our claim, so
     * that with n of them the slots are overshot by n - 1 at most. What is about to be started by `turn` only its own
     * process knows until it is saved: all slots of each, at most. To close either takes a trip more for each clip, or a
     * counter, which a kill leaves wrong.
     */
    claimStart: (owner, provider, slots) =>
      whereFree(provider, slots, async (free) => {
        await clock.fresh();
        if ((await tasks.count(count.inFlight(key(provider), free))) >= free) return undefined;
        const claimed = await tasks.change(find.start(key(provider)), leasing(lease(owner, true)));
        return claimed ? readable([claimed], log)[0] : undefined;
      }),

    turn: ({ id, rank, provider }, slots) =>
      whereFree(provider, slots, async (free) => {
        const name = key(provider);
        const [inFlight, [next]] = await Promise.all([
          db.ask({ of: 'tasks', stages: count.inFlight(name, free) }),
          db.ask({ of: 'tasks', stages: searching({ ...find.start(name), fields: { rank: 1 } }) }),
        ]);
        if (countIn(inFlight) >= free) return undefined;
        if (next && comesBefore(nextSchema.parse(next), { id, rank })) return undefined;
        return reserved.take(provider);
      }),

    async waitsToStart(providers) {
      if (providers.length === 0) return undefined;
      const [found] = await tasks.find(find.startable(providers.map((name) => key(name))));
      return found === undefined ? undefined : startableSchema.parse(found).provider;
    },

    async renew(owner, ids) {
      if (ids.length === 0) return [];
      await clock.fresh();
      const asked = [...new Set(ids)];
      const held = find.held(asked, key(owner));
      const renewed = await tasks.changeAll(held, renewing(clock.now() + LEASE_MS));
      if (renewed === asked.length) return asked;
      // Rare: another owner has one now. Then a look says which.
      return renewed === 0 ? [] : idsOf(await tasks.find({ ...held, fields: { _id: 1 } }));
    },

    async save(task, { owner, dueAt, hold = false, token = randomBytes(8).toString('hex'), facts }) {
      const { decisions } = partsOf(task);
      if (hold) await clock.fresh();
      const now = clock.now();
      const standing = await tasks.alter(
        task.id,
        find.decidable(task.id, key(owner), task.version),
        saving({
          task,
          decisions,
          now,
          token,
          holdUntil: hold ? now + LEASE_MS : undefined,
          dueAt: dueAt === undefined ? undefined : Math.ceil(dueAt),
          facts,
        }),
      );
      // Done now, or before where the answer was lost: then its token stands there. Where the lease was let go of and
      // another save came since, it looks like too late; no step goes on from here in either case.
      const last = savedSchema.parse(standing ?? {});
      if (last.token === token && (!hold || last.leaseOwner === key(owner))) return toTask(standing);
      // No decision any more; what is true is kept all the same.
      for (const [field, list] of listFacts(facts ?? {}))
        for (const fact of list) await learnFact({ tasks, clock }, { id: task.id, field, fact, owner });
      return undefined;
    },
  };
}
