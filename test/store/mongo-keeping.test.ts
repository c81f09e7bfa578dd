import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import mongoose from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkStore } from '../../src/store/check.ts';
import { assemble, openMongoStore } from '../../src/store/mongo/open.ts';
import { type Store, StoreUnavailable } from '../../src/store/store.ts';
import { DRAFT_MS } from '../../src/store/values.ts';
import { HandClock, known, newTask, sha256, toldBy, whole } from '../contract/store/tools.ts';
import { given, type MongoDatabase, noMongo, openMongoDatabase } from '../helpers/mongo.ts';

const { GridFSBucket, ObjectId } = mongoose.mongo;
const HOUR_MS = 3_600_000;
const MIB = 1024 * 1024;
const ROOM = { maxBytes: 100 * MIB };

describe.skipIf(noMongo)('what a MongoDB store keeps', () => {
  const clock = new HandClock();
  let database: MongoDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await openMongoDatabase();
  });
  beforeEach(() => {
    store = database.store(clock);
  });
  afterEach(() => database.empty());
  afterAll(() => database?.drop());

  const stored = async () => {
    const { native } = database.db;
    const files = await native.collection('bytes.files').countDocuments();
    const chunks = await native.collection('bytes.chunks').distinct('files_id');
    return { files, chunked: chunks.length };
  };

  describe('of bytes', () => {
    const { id } = newTask(clock);

    it('is GridFS, which any tool reads', async () => {
      const bytes = randomBytes(3 * MIB + 5);
      await store.blobs.write(id, 'clip', [bytes], ROOM);
      const bucket = new GridFSBucket(database.db.native, { bucketName: 'bytes' });
      const [file] = await bucket.find({ filename: `${id}/clip` }).toArray();
      const read = await whole(bucket.openDownloadStream(known(file)._id));
      expect(sha256(read)).toBe(sha256(bytes));
    });

    it('twenty megabytes come back whole and in ranges, a megabyte at a time', async () => {
      const bytes = randomBytes(20 * MIB + 3);
      const { sha256: hash } = await store.blobs.write(id, 'clip', [bytes], ROOM);
      expect(hash).toBe(sha256(bytes));
      let read = 0;
      for await (const piece of store.blobs.read(id, 'clip')) {
        expect(piece.byteLength).toBeLessThanOrEqual(MIB);
        expect(Buffer.compare(piece, bytes.subarray(read, read + piece.byteLength))).toBe(0);
        read += piece.byteLength;
      }
      expect(read).toBe(bytes.length);
      for (const [start, end] of [
        [MIB, 2 * MIB],
        [MIB - 1, MIB + 1],
        [20 * MIB, 20 * MIB + 3],
        [20 * MIB + 2, 30 * MIB],
      ] as const)
        expect((await whole(store.blobs.read(id, 'clip', { start, end }))).equals(bytes.subarray(start, end))).toBe(
          true,
        );
    });

    it('who reads a blob while it is replaced, and swept, reads the earlier one to its end', async () => {
      const before = randomBytes(3 * MIB);
      await store.blobs.write(id, 'clip', [before], ROOM);
      clock.advance(2 * HOUR_MS);
      await store.tasks.insert(newTask(clock, { id }));
      const read: Uint8Array[] = [];
      for await (const piece of store.blobs.read(id, 'clip')) {
        if (read.length === 0) {
          await store.blobs.write(id, 'clip', [randomBytes(2 * MIB)], ROOM);
          await store.sweep();
        }
        read.push(piece);
      }
      expect(Buffer.concat(read).equals(before)).toBe(true);
      expect(await stored()).toEqual({ files: 2, chunked: 2 });
      clock.advance(HOUR_MS + 1000);
      await store.sweep();
      expect(await stored()).toEqual({ files: 1, chunked: 1 });
      expect(await whole(store.blobs.read(id, 'clip'))).toHaveLength(2 * MIB);
    });

    it('leaves nothing of what was refused, torn, removed or replaced and removed', async () => {
      await expect(store.blobs.write(id, 'clip', [randomBytes(3 * MIB)], { maxBytes: 3 * MIB - 1 })).rejects.toThrow();
      async function* torn() {
        yield randomBytes(2 * MIB);
        throw new Error('torn');
      }
      await expect(store.blobs.write(id, 'clip', torn(), ROOM)).rejects.toThrow('torn');
      expect(await stored()).toEqual({ files: 0, chunked: 0 });
      for (let n = 0; n < 3; n++) await store.blobs.write(id, 'clip', [randomBytes(10)], ROOM);
      await store.blobs.remove(id, 'clip');
      expect(await stored()).toEqual({ files: 0, chunked: 0 });
      await store.tasks.insert(newTask(clock, { id }));
      for (const name of ['upload', 'clip', 'clip']) await store.blobs.write(id, name, [randomBytes(2 * MIB)], ROOM);
      await store.tasks.remove(id);
      expect(await stored()).toEqual({ files: 0, chunked: 0 });
    });

    it('a half-written file is seen by nobody, and swept an hour after it was begun', async () => {
      const events = new EventEmitter();
      const half = once(events, 'half');
      async function* slow() {
        yield randomBytes(2 * MIB);
        yield randomBytes(MIB);
        const cut = once(events, 'cut');
        events.emit('half');
        await cut;
        throw new Error('cut');
      }
      const writing = store.blobs.write(id, 'clip', slow(), ROOM);
      await half;
      expect(await stored()).toEqual({ files: 0, chunked: 1 });
      expect(await store.blobs.stat(id, 'clip')).toBeUndefined();
      expect(await store.blobs.names(id)).toEqual([]);
      clock.advance(HOUR_MS - 1000);
      await store.sweep();
      expect((await stored()).chunked).toBe(1);
      clock.advance(3000);
      await store.sweep();
      expect(await stored()).toEqual({ files: 0, chunked: 0 });
      events.emit('cut');
      await expect(writing).rejects.toThrow('cut');
    });

    it('who slept for an hour while writing names no file that a sweep may have taken', async () => {
      async function* slow() {
        yield randomBytes(2 * MIB);
        clock.advance(2 * HOUR_MS);
        await store.sweep();
        yield randomBytes(MIB);
      }
      await expect(store.blobs.write(id, 'clip', slow(), ROOM)).rejects.toThrow(StoreUnavailable);
      expect(await store.blobs.stat(id, 'clip')).toBeUndefined();
    });

    it('files that nobody names are swept, of whatever size, however many; named ones are not', async () => {
      const bucket = new GridFSBucket(database.db.native, { bucketName: 'bytes' });
      const seconds = Math.floor((clock.now() - 2 * HOUR_MS) / 1000);
      for (let n = 0; n < 450; n++) {
        const stray = bucket.openUploadStreamWithId(new ObjectId(ObjectId.generate(seconds)), `stray ${n}`);
        stray.end(Buffer.alloc(n % 3));
        await new Promise((resolve) => stray.once('finish', resolve));
      }
      const kept = newTask(clock);
      await store.blobs.write(kept.id, 'empty', [], ROOM);
      // Kept with its name, where no file of its own is needed.
      await store.blobs.write(kept.id, 'upload', [randomBytes(256 * 1024)], ROOM);
      await store.blobs.write(kept.id, 'clip', [randomBytes(256 * 1024 + 1)], ROOM);
      await store.tasks.insert(kept);
      clock.advance(2 * HOUR_MS);
      await store.sweep();
      expect(await stored()).toEqual({ files: 1, chunked: 1 });
      expect((await store.blobs.names(kept.id)).toSorted()).toEqual(['clip', 'empty', 'upload']);
    });
  });

  it('a record that cannot be read stops no other task, and the operator hears of it', async () => {
    const broken = newTask(clock);
    await store.tasks.insert(broken);
    await store.tasks.insert(newTask(clock));
    await database.db.models.tasks.updateOne({ _id: broken.id }, { $set: { decisions: { polls: -1 } } });
    const heard: unknown[] = [];
    const log = { error: (...told: unknown[]) => void heard.push(told) };
    const { tasks } = assemble({ db: database.db, clock: given(clock), log });
    expect(await tasks.claimDue('one', 10)).toHaveLength(1);
    expect(heard).toHaveLength(1);
    expect(await tasks.conversation(broken.place, { limit: 10 })).toHaveLength(1);
    await expect(tasks.get(broken.id)).rejects.toThrow(`The record of task ${broken.id} cannot be read.`);
    expect(await toldBy(checkStore(store))).toEqual([`The record of task ${broken.id} cannot be read.`]);
  });

  it('keys that differ only where text is easily broken stay different', async () => {
    const keys = ['a', 'a\u0000', 'a\u0000b', 'a\ud800', 'a\ud801', 'a\ufffd', 'a\ufffd\ufffd', '"a"', 'a '];
    const made: string[] = [];
    for (const requestKey of keys) {
      const { task, created } = await store.tasks.insert(newTask(clock, { requestKey }));
      expect(created).toBe(true);
      made.push(task.id);
    }
    for (const [n, requestKey] of keys.entries())
      expect((await store.tasks.byRequestKey(requestKey))?.id).toBe(made[n]);
  });

  it.each(['a.b', '$set', '$', '.', '', 'a.$[].b', '__proto__', 'constructor', 'nul\u0000', '$$NOW', 'é'])(
    'a fact may have the name %j, and be it too',
    async (name) => {
      const { task } = await store.tasks.insert(newTask(clock));
      expect(await store.tasks.recordSent(task.id, name, `${name}!`)).toBe(`${name}!`);
      expect(await store.tasks.recordSent(task.id, name, 'another')).toBe(`${name}!`);
      expect(await store.tasks.recordSent(task.id, 'other', name)).toBe(name);
      const accepted = known(await store.tasks.recordAccepted(task.id, name, name)).accepted;
      if (name !== '__proto__') expect(accepted).toEqual({ [name]: name });
      const now = known(await store.tasks.get(task.id));
      expect(now).toMatchObject({ id: task.id, scene: task.scene, state: 'received' });
      expect(Object.getPrototypeOf(now.sent)).toBe(Object.prototype);
    },
  );

  it.each([{ $ne: 'x' }, { $gt: '' }, { $where: '1' }, ['a'], 7, null])(
    'what is no text, where the types did not hold, finds nothing: %j',
    async (hostile) => {
      await store.tasks.insert(newTask(clock));
      const text = hostile as unknown as string;
      const found = [
        () => store.tasks.get(text),
        () => store.tasks.byRequestKey(text),
        () => store.tasks.ask(text, { type: 'cancel' }),
        () => store.drafts.get(text),
        () => store.tasks.clips({ in: { person: text } }, { limit: 1 }).then(([task]) => task),
        () =>
          store.tasks
            .clips({ in: { platform: 'test', chat: 'harbour' }, by: text }, { limit: 1 })
            .then(([task]) => task),
        () => store.tasks.story(text, { limit: 1 }).then(([task]) => task),
        () => store.tasks.showsOf(text, 1).then(([task]) => task),
        () => store.tasks.star(text, 'ada', true),
      ];
      for (const look of found) expect(await look().catch(() => undefined)).toBeUndefined();
      await store.tasks.remove(text).catch(() => {});
      expect((await store.tasks.counts()).received).toBe(1);
    },
  );

  it('a sweep leaves nothing of drafts, parkings and locks past their time, however many', async () => {
    for (let n = 0; n < 450; n++) await store.drafts.put({ key: `k${n}`, data: n });
    await store.cooldowns.park('key', 10, 'busy');
    await store.locks.hold('lock', 'one', 10);
    clock.advance(DRAFT_MS);
    await store.drafts.put({ key: 'young', data: 1 });
    await store.sweep();
    const left = await database.db.models.kv.find({}).lean();
    expect(left.map(({ _id }) => _id)).toEqual(['draft:"young"']);
  });

  it('after closing, every call says so', async () => {
    const open = await openMongoStore({ url: database.url });
    const claiming = open.tasks.claimDue('one', 1).catch((error: unknown) => error);
    await open.close();
    await open.close();
    const ended = await claiming;
    expect(Array.isArray(ended) || ended instanceof StoreUnavailable).toBe(true);
    await expect(open.tasks.insert(newTask(clock))).rejects.toThrow(StoreUnavailable);
    await expect(open.tasks.claimDue('one', 1)).rejects.toThrow('The store is closed.');
    await expect(whole(open.blobs.read('0'.repeat(24), 'clip'))).rejects.toThrow('The store is closed.');
  });
});
