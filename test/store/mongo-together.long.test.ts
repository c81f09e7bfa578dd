import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BlobsGone } from '../../src/store/blobs.ts';
import { readAddress } from '../../src/store/mongo/address.ts';
import { connect } from '../../src/store/mongo/connect.ts';
import { createDb, type MongoDb } from '../../src/store/mongo/db.ts';
import { assemble, openMongoStore } from '../../src/store/mongo/open.ts';
import type { Store } from '../../src/store/store.ts';
import { HandClock, ids, known, newTask, sha256, spentSince, whole } from '../contract/store/tools.ts';
import { given, mongoUrl, noMongo, withOptions } from '../helpers/mongo.ts';

const STORES = 4;
const HOUR_MS = 3_600_000;
const ROOM = { maxBytes: 100e6 };

/** Each store as in a process of its own: its own connection, and none of the others’ turns. */
describe.skipIf(noMongo)('several programs on one MongoDB', () => {
  let stores: Store[];
  let first: Store;
  let db: MongoDb;
  let url: string;

  beforeEach(async () => {
    url = mongoUrl();
    const where = readAddress(withOptions(url, { monitorCommands: 'true' }));
    db = createDb(await connect(where), where);
    stores = await Promise.all(Array.from({ length: STORES }, () => openMongoStore({ url })));
    first = known(stores[0]);
  });
  afterEach(async () => {
    await db.native.dropDatabase();
    await Promise.all([db, ...stores].map((each) => each.close()));
  });

  const clock = { now: () => first.now(), sleep: async () => {} };
  const each = <T>(work: (store: Store, n: number) => Promise<T>): Promise<T[]> => Promise.all(stores.map(work));

  /** Records so many tasks of a provider and makes them `queued`, not due. */
  async function queue(many: number): Promise<void> {
    await Promise.all(
      Array.from({ length: many }, (_, n) =>
        first.tasks.insert(newTask(clock, { requester: { id: `p${n}`, name: 'P' } })),
      ),
    );
    const claimed = await first.tasks.claimDue('setup', many);
    await Promise.all(claimed.map((task) => first.tasks.save({ ...task, state: 'queued' }, { owner: 'setup' })));
  }

  it('a request told to all of them at once makes one task, and all are told that one', async () => {
    for (let round = 0; round < 10; round++) {
      const requestKey = `round ${round}`;
      const told = await each((store) => store.tasks.insert(newTask(clock, { requestKey })));
      expect(told.filter(({ created }) => created)).toHaveLength(1);
      expect(new Set(told.map(({ task }) => task.id)).size).toBe(1);
    }
  });

  it('a clip is shown once, and starred by all, who do so at the same moment', async () => {
    const { task } = await first.tasks.insert(newTask(clock));
    const { sha256, bytes } = await first.blobs.write(task.id, 'clip-1', [Buffer.alloc(3_000_000, 1)], ROOM);
    const clip = { blob: 'clip-1', bytes, sha256, size: { width: 1280, height: 720 }, durationMs: 5_000 };
    const shared = { of: task.id, names: ['clip-1'] };
    for (let round = 0; round < 5; round++) {
      const requestKey = `gallery:${round}`;
      const told = await each(async (store, n) => {
        const [shown] = await Promise.all([
          store.tasks.insert(newTask(clock, { requestKey, shows: task.id, clip }), shared),
          store.tasks.star(task.id, `person ${n} of ${round}`, true),
        ]);
        return shown;
      });
      expect(told.filter(({ created }) => created)).toHaveLength(1);
      expect(new Set(told.map((each) => each.task.id)).size).toBe(1);
    }
    const shows = await first.tasks.showsOf(task.id, 100);
    expect(shows).toHaveLength(5);
    const stars = (await first.tasks.get(task.id))?.stars;
    expect(new Set(stars).size).toBe(5 * STORES);
    for (const show of shows) expect(new Set(show.stars)).toEqual(new Set(stars));
    expect(await db.native.collection('bytes.files').countDocuments()).toBe(1);
    expect(await db.native.collection('blobs').countDocuments()).toBe(6);
  });

  it('bytes that one of them shares while another removes their owner are there or were never shared', async () => {
    for (let round = 0; round < 20; round++) {
      const { task } = await first.tasks.insert(newTask(clock));
      await first.blobs.write(task.id, 'upload', [Buffer.from(task.id)], ROOM);
      const made = await each((store, n) =>
        n === 0
          ? store.tasks.remove(task.id).then(() => undefined)
          : store.tasks.insert(newTask(clock), { of: task.id, names: ['upload'] }).catch((error: unknown) => {
              expect(error).toBeInstanceOf(BlobsGone);
            }),
      );
      for (const each of made) {
        if (!each) continue;
        expect((await whole(first.blobs.read(each.task.id, 'upload'))).toString()).toBe(task.id);
        await first.tasks.remove(each.task.id);
      }
      for (const name of ['blobs', 'bytes.files', 'bytes.chunks'])
        expect(await db.native.collection(name).countDocuments()).toBe(0);
    }
  });

  it('each due task is claimed by one of them, and none is left', async () => {
    const recorded: string[] = [];
    for (let n = 0; n < 120; n++) recorded.push((await first.tasks.insert(newTask(clock))).task.id);
    const got = await each(async (store, n) => {
      const mine: string[] = [];
      for (let empty = 0; empty < 3; ) {
        const claimed = ids(await store.tasks.claimDue(`owner ${n}`, 7));
        mine.push(...claimed);
        empty = claimed.length === 0 ? empty + 1 : 0;
      }
      return mine;
    });
    expect(got.flat().toSorted()).toEqual(recorded.toSorted());
  });

  it.each([1, 3])('%i slots are overshot by one less than there are programs, at most', async (slots) => {
    let most = 0;
    for (let round = 0; round < 8; round++) {
      await queue(slots + 2 * STORES);
      // Several at once in each, too: within one program nothing is overshot.
      const started = await each((store, n) =>
        Promise.all([1, 2, 3].map((way) => store.tasks.claimStart(`${n} ${way}`, 'preview', slots))),
      );
      const got = started.flat().flatMap((task) => task ?? []);
      expect(new Set(ids(got)).size).toBe(got.length);
      expect(got.length).toBeGreaterThanOrEqual(slots);
      expect(got.length).toBeLessThanOrEqual(slots + STORES - 1);
      most = Math.max(most, got.length);
      expect(await first.tasks.claimStart('late', 'preview', slots)).toBeUndefined();
      for (const { _id } of await db.models.tasks.find({}, { _id: 1 }).lean()) await first.tasks.remove(_id);
    }
    expect(most).toBeGreaterThanOrEqual(slots);
  });

  it('what each of them starts at once it counts for itself: each has all slots at most, and nobody more then', async () => {
    const slots = 2;
    const whose = Array.from({ length: STORES * (slots + 1) }, (_, n) => n % STORES);
    for (const _ of whose) await first.tasks.insert(newTask(clock));
    const claimed = await first.tasks.claimDue('holder', whose.length);
    // The worst: all have looked before any has saved.
    const turns = await Promise.all(claimed.map((task, n) => known(stores[known(whose[n])]).tasks.turn(task, slots)));
    expect(turns.filter((turn) => turn)).toHaveLength(STORES * slots);
    for (const [n, task] of claimed.entries())
      await first.tasks.save({ ...task, state: turns[n] ? 'submitting' : 'queued' }, { owner: 'holder', hold: true });
    for (const turn of turns) turn?.release();
    const late = known(claimed[0]);
    expect(await each((store) => store.tasks.turn({ ...late, rank: 0 }, slots))).toEqual(stores.map(() => undefined));
    expect(await first.tasks.claimStart('late', 'preview', slots)).toBeUndefined();
  });

  it('of many decisions on one task one stands, and every fact is kept', async () => {
    const { task } = await first.tasks.insert(newTask(clock));
    const [claimed] = await first.tasks.claimDue('holder', 1);
    const saves = each((store, n) =>
      store.tasks.save({ ...known(claimed), polls: n + 1 }, { owner: 'holder', hold: true }),
    );
    const facts = each((store, n) => store.tasks.recordAccepted(task.id, `a${n}`, `job ${n}`, `owner ${n}`));
    const sent = each((store, n) => store.tasks.recordSent(task.id, 'clip', `message ${n}`));
    const asked = each((store) => store.tasks.ask(task.id, { type: 'cancel' }));
    const saved = (await saves).flatMap((it) => it ?? []);
    expect(saved).toHaveLength(1);
    expect(new Set(await sent).size).toBe(1);
    await Promise.all([facts, asked]);
    const now = known(await first.tasks.get(task.id));
    expect(now).toMatchObject({ polls: saved[0]?.polls, requests: { cancel: true } });
    expect(Object.keys(now.accepted).toSorted()).toEqual(['a0', 'a1', 'a2', 'a3']);
    expect(now.asked).toBe(STORES + 1 + STORES);
  });

  it('a lock is one’s, a draft is taken once, and the later end of a parking wins', async () => {
    for (let round = 0; round < 10; round++) {
      const held = await each((store, n) => store.locks.hold(`lock ${round}`, `owner ${n}`, 10_000));
      expect(held.filter(Boolean)).toHaveLength(1);
      // From two places in one program: both are told that it is theirs.
      expect(await Promise.all([1, 2].map(() => first.locks.hold(`own ${round}`, 'one', 10_000)))).toEqual([
        true,
        true,
      ]);
      await each((store) => store.drafts.put({ key: `draft ${round}`, data: 1 }));
      expect((await each((store) => store.drafts.take(`draft ${round}`))).filter(Boolean)).toHaveLength(1);
      await each((store, n) => store.cooldowns.park(`key ${round}`, (n + 1) * HOUR_MS, `reason ${n}`));
      expect((await first.cooldowns.get(`key ${round}`))?.reason).toBe(`reason ${STORES - 1}`);
      await each((store) =>
        store.spend.open({ attemptId: `a ${round}`, person: 'p', provider: 'x', cost: 1, request: 'r' }),
      );
    }
    expect(await spentSince(first, 0)).toEqual({ credits: 10, clips: 10 });
  });

  it('a blob that all write and read at once is one of theirs, whole, at any time', async () => {
    const id = '1'.repeat(24);
    const all = stores.map(() => randomBytes(2_500_000));
    const hashes = new Set(all.map((bytes) => sha256(bytes)));
    const writing = { on: true };
    const readers = each(async (store) => {
      let seen = 0;
      while (writing.on || seen === 0) {
        if (!(await store.blobs.stat(id, 'clip'))) continue;
        expect(hashes).toContain(sha256(await whole(store.blobs.read(id, 'clip'))));
        seen++;
      }
    });
    for (let round = 0; round < 3; round++)
      await each((store, n) => store.blobs.write(id, 'clip', [all[n] ?? Buffer.alloc(0)], ROOM));
    writing.on = false;
    await readers;
    const stat = await first.blobs.stat(id, 'clip');
    expect(stat?.sha256).toBe(sha256(await whole(first.blobs.read(id, 'clip'))));
  });

  it('instants are the server’s: one store’s now is the others’', async () => {
    const before = Date.now();
    const told = stores.map((store) => store.now());
    const spread = Math.max(...told) - Math.min(...told);
    expect(spread).toBeLessThan(500);
    expect(Math.abs((told[0] ?? 0) - before)).toBeLessThan(60_000);
  });

  it('round trips: three for a claim however large, two where one is due, one for a claim of one, two to start, one to renew, one for a save, two for however many saves, facts and requests', async () => {
    await queue(30);
    await Promise.all(Array.from({ length: 241 }, () => first.tasks.insert(newTask(clock))));
    const commands: { name: string; concern: unknown }[] = [];
    db.native.client.on('commandStarted', ({ commandName, command }) => {
      commands.push({ name: commandName, concern: command.writeConcern });
    });
    const { tasks, spend, blobs, cooldowns } = assemble({ db, clock: given(first) });
    async function trips(work: () => Promise<unknown>): Promise<string[]> {
      commands.length = 0;
      await work();
      return commands.map(({ name }) => name);
    }
    const all = await tasks.claimDue('one', 120);
    expect(all).toHaveLength(120);
    expect(await trips(() => tasks.claimDue('one', 1))).toEqual(['findAndModify']);
    expect(await trips(() => tasks.claimDue('one', 120))).toEqual(['find', 'update', 'find']);
    expect(await trips(() => tasks.claimDue('one', 120))).toEqual(['find']);
    expect(await trips(() => tasks.claimStart('one', 'preview', 5))).toEqual(['aggregate', 'findAndModify']);
    expect(await trips(() => tasks.renew('one', ids(all)))).toEqual(['update']);
    const task = known(all[0]);
    expect(await trips(() => tasks.save(task, { owner: 'one', hold: true }))).toEqual(['findAndModify']);
    // Too late: then a look says how it stands.
    expect(await trips(() => tasks.save(task, { owner: 'one', hold: true }))).toEqual(['findAndModify', 'find']);
    expect(await trips(() => tasks.waitsToStart(['preview', 'x']))).toEqual(['find']);
    const many = () =>
      Promise.all([
        tasks.recordAccepted(task.id, 'a', 'job'),
        tasks.recordSent(task.id, 'card', 'm'),
        tasks.ask(task.id, { type: 'wake' }),
        ...all.slice(1, 80).map((each) => tasks.save(each, { owner: 'one' })),
      ]);
    expect(await trips(many)).toEqual(['update', 'find']);

    // What all those facts and requests made due among it.
    await tasks.claimDue('one', 120);
    await tasks.insert(newTask(clock));
    expect(await trips(() => tasks.claimDue('one', 5))).toEqual(['find', 'findAndModify']);

    commands.length = 0;
    const attempt = { attemptId: 'a', person: 'p', provider: 'x', cost: 1, request: 'r' };
    await tasks.insert(newTask(clock));
    await tasks.claimDue('one', 5);
    await tasks.renew('one', ids(all));
    await spend.open(attempt);
    await spend.settle('a', { cost: 0 });
    await cooldowns.park('key', 1, 'reason');
    await blobs.write(task.id, 'clip', [Buffer.alloc(3_000_000)], ROOM);
    await blobs.write(task.id, 'clip', [Buffer.alloc(3)], ROOM);
    const writes = commands.filter(({ name }) => ['insert', 'update', 'delete', 'findAndModify'].includes(name));
    expect(writes.length).toBeGreaterThan(12);
    for (const { concern } of writes) expect(concern).toMatchObject({ w: 'majority', j: true });
  });

  it('a step that slept through its lease changes nothing, and its facts are kept', async () => {
    const hand = new HandClock();
    const [a, b] = [1, 2].map(() => assemble({ db, clock: given(hand) }));
    const { task } = await known(a).tasks.insert(newTask(hand));
    const [late] = await known(a).tasks.claimDue('a', 1);
    hand.advance(HOUR_MS);
    const [taken] = await known(b).tasks.claimDue('b', 1);
    expect(taken?.id).toBe(task.id);
    expect(await known(a).tasks.save({ ...known(late), state: 'failed' }, { owner: 'a' })).toBeUndefined();
    expect(await known(a).tasks.recordAccepted(task.id, 'x', 'job', 'a')).toMatchObject({ accepted: { x: 'job' } });
    expect(await known(b).tasks.save({ ...known(taken), state: 'queued' }, { owner: 'b' })).toMatchObject({
      state: 'queued',
      accepted: { x: 'job' },
    });
  });
});
