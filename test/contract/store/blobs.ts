import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { BlobsGone, BlobTooLarge } from '../../../src/store/blobs.ts';
import { newTaskId } from '../../../src/task/task.ts';
import type { Context } from './context.ts';
import { known, newTask, sha256, whole } from './tools.ts';

const MIB = 1024 * 1024;
const HOUR_MS = 60 * 60 * 1000;
const ROOM = { maxBytes: 100 * MIB };

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export function describeBlobs(context: Context): void {
  const id = newTaskId(0);

  it.each([0, 1, 255, 65_536, 3 * MIB + 7])(
    '%i bytes come back as they were written, with their hash',
    async (size) => {
      const { blobs } = context.store;
      const bytes = randomBytes(size);
      const stored = await blobs.write(id, 'clip', pieces(bytes, 50_000), ROOM);
      expect(stored).toEqual({ bytes: size, sha256: sha256(bytes) });
      expect(await blobs.stat(id, 'clip')).toEqual(stored);
      expect((await whole(blobs.read(id, 'clip'))).equals(bytes)).toBe(true);
    },
  );

  it('a plain list of chunks is a source too', async () => {
    const { blobs } = context.store;
    await blobs.write(id, 'clip', [Buffer.from('one '), new Uint8Array(Buffer.from('two'))], ROOM);
    expect((await whole(blobs.read(id, 'clip'))).toString()).toBe('one two');
  });

  it('a source may use its buffer again for the next chunk', async () => {
    const { blobs } = context.store;
    async function* reusing() {
      const buffer = Buffer.alloc(1000);
      for (let i = 0; i < 50; i++) yield buffer.fill(i);
    }
    await blobs.write(id, 'clip', reusing(), ROOM);
    const back = await whole(blobs.read(id, 'clip'));
    for (let i = 0; i < 50; i++) expect(back[i * 1000]).toBe(i);
  });

  it('ranges are read from start to end, the end not included', async () => {
    const { blobs } = context.store;
    const bytes = randomBytes(MIB);
    await blobs.write(id, 'clip', [bytes], ROOM);
    for (const [start, end] of [
      [0, 0],
      [0, 1],
      [MIB - 1, MIB],
      [300_000, 900_001],
      [500, 500],
      [0, MIB],
      [MIB - 10, 2 * MIB],
      [2 * MIB, 3 * MIB],
    ] as const)
      expect((await whole(blobs.read(id, 'clip', { start, end }))).equals(bytes.subarray(start, end))).toBe(true);
    for (const range of [
      { start: -1, end: 5 },
      { start: 0.5, end: 5 },
      { start: 0, end: Number.NaN },
    ])
      await expect(whole(blobs.read(id, 'clip', range))).rejects.toThrow(RangeError);
  });

  it('what is not there has no size, cannot be read and may be removed', async () => {
    const { blobs } = context.store;
    expect(await blobs.stat(id, 'clip')).toBeUndefined();
    await expect(whole(blobs.read(id, 'clip'))).rejects.toThrow();
    await blobs.remove(id, 'clip');
    await blobs.write(id, 'clip', [Buffer.from('x')], ROOM);
    await blobs.remove(id, 'clip');
    expect(await blobs.stat(id, 'clip')).toBeUndefined();
    await expect(whole(blobs.read(id, 'clip'))).rejects.toThrow();
  });

  it('names and tasks have their own blobs', async () => {
    const { blobs } = context.store;
    const other = newTaskId(1);
    await blobs.write(id, 'clip', [Buffer.from('a')], ROOM);
    await blobs.write(id, 'clip-2', [Buffer.from('b')], ROOM);
    await blobs.write(other, 'clip', [Buffer.from('c')], ROOM);
    await blobs.remove(id, 'clip');
    expect((await whole(blobs.read(id, 'clip-2'))).toString()).toBe('b');
    expect((await whole(blobs.read(other, 'clip'))).toString()).toBe('c');
  });

  it.each(['', '.', '..', '../clip', 'a/b', 'a\\b', 'Clip', 'clip.mp4', 'a\u0000b', 'é', 'x'.repeat(65)])(
    'the name %j is refused',
    async (name) => {
      const { blobs } = context.store;
      await expect(blobs.write(id, name, [Buffer.from('x')], ROOM)).rejects.toThrow(RangeError);
      await expect(blobs.stat(id, name)).rejects.toThrow(RangeError);
      await expect(whole(blobs.read(id, name))).rejects.toThrow(RangeError);
      await expect(blobs.remove(id, name)).rejects.toThrow(RangeError);
    },
  );

  it.each(['', '..', '../../x', 'F'.repeat(24), '0'.repeat(25)])('the task id %j is refused', async (bad) => {
    await expect(context.store.blobs.write(bad, 'clip', [Buffer.from('x')], ROOM)).rejects.toThrow(RangeError);
    await expect(whole(context.store.blobs.read(bad, 'clip'))).rejects.toThrow(RangeError);
  });

  it('a blob is replaced in one step', async () => {
    const { blobs } = context.store;
    const before = randomBytes(MIB);
    const after = randomBytes(2 * MIB);
    await blobs.write(id, 'clip', [before], ROOM);
    async function* watched() {
      for await (const piece of pieces(after, 300_000)) {
        yield piece;
        expect(await blobs.stat(id, 'clip')).toEqual({ bytes: before.length, sha256: sha256(before) });
        expect((await whole(blobs.read(id, 'clip'))).equals(before)).toBe(true);
      }
    }
    await blobs.write(id, 'clip', watched(), ROOM);
    expect((await whole(blobs.read(id, 'clip'))).equals(after)).toBe(true);
  });

  it('of several writers at once one wins, whole', async () => {
    const { blobs } = context.store;
    const all = Array.from({ length: 8 }, () => randomBytes(200_000));
    await Promise.all(all.map((bytes) => blobs.write(id, 'clip', pieces(bytes, 9_000), ROOM)));
    const back = await whole(blobs.read(id, 'clip'));
    expect(all.some((bytes) => bytes.equals(back))).toBe(true);
    expect(await blobs.stat(id, 'clip')).toEqual({ bytes: back.length, sha256: sha256(back) });
  });

  it('a reader that stops early leaves the blob as it was', async () => {
    const { blobs } = context.store;
    await blobs.write(id, 'clip', [randomBytes(MIB)], ROOM);
    for await (const _ of blobs.read(id, 'clip')) break;
    expect(await whole(blobs.read(id, 'clip'))).toHaveLength(MIB);
  });

  it('exactly the limit fits; a byte more is refused, stops the source and leaves the earlier blob', async () => {
    const { blobs } = context.store;
    await blobs.write(id, 'clip', [randomBytes(1000)], { maxBytes: 1000 });
    const before = await blobs.stat(id, 'clip');
    let stopped = false;
    async function* endless() {
      try {
        for (;;) yield Buffer.alloc(300);
      } finally {
        stopped = true;
      }
    }
    await expect(blobs.write(id, 'clip', endless(), { maxBytes: 1000 })).rejects.toThrow(BlobTooLarge);
    expect(stopped).toBe(true);
    expect(await blobs.stat(id, 'clip')).toEqual(before);
    await expect(blobs.write(id, 'new', [randomBytes(1001)], { maxBytes: 1000 })).rejects.toThrow(BlobTooLarge);
    expect(await blobs.stat(id, 'new')).toBeUndefined();
  });

  it('a source that fails passes its own error on and leaves the earlier blob', async () => {
    const { blobs } = context.store;
    await blobs.write(id, 'clip', [Buffer.from('before')], ROOM);
    class Torn extends Error {}
    async function* torn() {
      yield Buffer.from('aft');
      throw new Torn('the connection dropped');
    }
    await expect(blobs.write(id, 'clip', torn(), ROOM)).rejects.toThrow(Torn);
    expect((await whole(blobs.read(id, 'clip'))).toString()).toBe('before');
    await expect(blobs.write(id, 'new', torn(), ROOM)).rejects.toThrow(Torn);
    expect(await blobs.stat(id, 'new')).toBeUndefined();
  });

  it('what was staged becomes the blob of its task, with the insert', async () => {
    const { store, clock } = context;
    const told = newTask(clock);
    const bytes = randomBytes(100_000);
    const staged = await store.blobs.stage(told.id, 'upload', [bytes], ROOM);
    expect(staged).toMatchObject({ task: told.id, name: 'upload', bytes: bytes.length, sha256: sha256(bytes) });
    expect(await store.tasks.insert(told, staged)).toMatchObject({ created: true });
    expect(await store.blobs.names(told.id)).toEqual(['upload']);
    expect(await store.blobs.stat(told.id, 'upload')).toEqual({ bytes: bytes.length, sha256: sha256(bytes) });
    clock.advance(100 * HOUR_MS);
    await store.sweep();
    expect((await whole(store.blobs.read(told.id, 'upload'))).equals(bytes)).toBe(true);
  });

  it('a task comes with several: two that were staged, or one of its own beside another task’s', async () => {
    const { store, clock } = context;
    const task = newTask(clock, { last: { type: 'remote', ref: 'the last one' } });
    const stage = (of: string, name: string) => store.blobs.stage(of, name, [Buffer.from(name)], { maxBytes: 100 });
    await store.tasks.insert(task, [await stage(task.id, 'upload'), await stage(task.id, 'last-upload')]);
    expect((await store.blobs.names(task.id)).toSorted()).toEqual(['last-upload', 'upload']);
    expect((await store.tasks.get(task.id))?.last).toEqual({ type: 'remote', ref: 'the last one' });
    clock.advance(1);
    const other = newTask(clock);
    const shared = { of: task.id, names: ['upload'] };
    await store.tasks.insert(other, [shared, await stage(other.id, 'last-upload')]);
    await store.tasks.remove(task.id);
    expect((await whole(store.blobs.read(other.id, 'upload'))).toString()).toBe('upload');
    expect((await store.blobs.names(other.id)).toSorted()).toEqual(['last-upload', 'upload']);
    clock.advance(1);
    const third = newTask(clock);
    const gone = [shared, await stage(third.id, 'last-upload')];
    await expect(store.tasks.insert(third, gone)).rejects.toThrow(BlobsGone);
    expect(await store.tasks.get(third.id)).toBeUndefined();
  });

  it('what was staged for a request that was told before is discarded, and the first keeps its own', async () => {
    const { store, clock } = context;
    const [first, again] = ['first', 'again'].map(() => newTask(clock, { requestKey: 'same' })).map(known);
    for (const told of [first, again].map(known)) {
      const staged = await store.blobs.stage(told.id, 'upload', [Buffer.from(told.id)], ROOM);
      const { task, created } = await store.tasks.insert(told, staged);
      expect(task.id).toBe(first?.id);
      if (!created) await store.blobs.discard(staged);
    }
    expect((await whole(store.blobs.read(known(first).id, 'upload'))).toString()).toBe(first?.id);
    expect(await store.blobs.names(known(again).id)).toEqual([]);
    await expect(whole(store.blobs.read(known(again).id, 'upload'))).rejects.toThrow();
  });

  it('what was staged under a bad name, past the limit, or for another task is refused', async () => {
    const { store, clock } = context;
    const told = newTask(clock);
    await expect(store.blobs.stage(told.id, '../upload', [Buffer.from('x')], ROOM)).rejects.toThrow(RangeError);
    const tooMany = [Buffer.alloc(11)];
    await expect(store.blobs.stage(told.id, 'upload', tooMany, { maxBytes: 10 })).rejects.toThrow(BlobTooLarge);
    const staged = await store.blobs.stage(id, 'upload', [Buffer.from('x')], ROOM);
    await expect(store.tasks.insert(told, staged)).rejects.toThrow(RangeError);
    expect(await store.tasks.get(told.id)).toBeUndefined();
  });

  it('a sweep takes blobs whose task never came, after an hour, and leaves all others', async () => {
    const { store, clock } = context;
    const owned = newTask(clock);
    await store.blobs.write(owned.id, 'upload', [Buffer.from('kept')], ROOM);
    await store.tasks.insert(owned);
    await store.blobs.write(id, 'upload', [Buffer.from('orphan')], ROOM);
    await store.blobs.write(id, 'picture', [Buffer.from('orphan')], ROOM);
    clock.advance(HOUR_MS - 1);
    await store.sweep();
    expect(await store.blobs.stat(id, 'upload')).toBeDefined();
    const young = newTaskId(2);
    await store.blobs.write(young, 'upload', [Buffer.from('just uploaded')], ROOM);
    clock.advance(2);
    await store.sweep();
    expect(await store.blobs.stat(id, 'upload')).toBeUndefined();
    expect(await store.blobs.stat(id, 'picture')).toBeUndefined();
    expect((await whole(store.blobs.read(young, 'upload'))).toString()).toBe('just uploaded');
    clock.advance(100 * HOUR_MS);
    await store.sweep();
    expect((await whole(store.blobs.read(owned.id, 'upload'))).toString()).toBe('kept');
    expect(known(await store.tasks.get(owned.id)).id).toBe(owned.id);
  });
}
