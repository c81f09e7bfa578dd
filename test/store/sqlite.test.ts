import { fstatSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkStore } from '../../src/store/check.ts';
import { copyStore } from '../../src/store/copy.ts';
import { CopyRefused } from '../../src/store/copy-refused.ts';
import { BLOB_SQL } from '../../src/store/sqlite/blobs.ts';
import { openDb } from '../../src/store/sqlite/db.ts';
import { KV_SQL } from '../../src/store/sqlite/kv.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { quickCheck } from '../../src/store/sqlite/quick-check.ts';
import { MIGRATIONS, migrate } from '../../src/store/sqlite/schema.ts';
import { SPEND_BETWEEN, SPEND_OF_REQUEST, spendSince } from '../../src/store/sqlite/spend.ts';
import { clipsSql, TASK_SQL, underWaySql, waitingSql } from '../../src/store/sqlite/sql.ts';
import { type Store, StoreUnavailable } from '../../src/store/store.ts';
import { DRAFT_MS } from '../../src/store/values.ts';
import { type TaskEvent, transition } from '../../src/task/transition.ts';
import { HandClock, newTask, sha256, toldBy, whole } from '../contract/store/tools.ts';
import { describeStore } from '../contract/store.ts';

const FITTED: TaskEvent = {
  type: 'pictureFitted',
  fitted: {
    original: { width: 1280, height: 720 },
    fitted: { width: 1280, height: 720 },
    notes: [],
    blob: 'upload',
    sha256: 'f'.repeat(64),
    type: 'image/png',
  },
};
const DAY_MS = 24 * 60 * 60 * 1000;
const makeDir = () => mkdtemp(join(tmpdir(), 'kinora-store-'));

describeStore('the SQLite store', async (clock) => {
  const dir = await makeDir();
  const store = await openSqliteStore({ dir, clock });
  return {
    store,
    async close() {
      await store.close();
      await rm(dir, { recursive: true });
    },
  };
});

describe('the SQLite store’s folder', () => {
  let dir: string;
  let clock: HandClock;
  beforeEach(async () => {
    dir = await makeDir();
    clock = new HandClock();
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  /** Opens, works, closes. */
  async function opened<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const store = await openSqliteStore({ dir, clock });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  /** What a person is told when it cannot be opened. */
  async function refusal(at = dir): Promise<string> {
    const error = await openSqliteStore({ dir: at, clock }).then(
      (store) => store.close(),
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof StoreUnavailable)) throw new Error('a plain refusal was expected', { cause: error });
    expect(error.cause === undefined || error.cause instanceof Error).toBe(true);
    return error.message.replaceAll(at, 'DIR');
  }

  it('what was recorded is there after closing and opening again', async () => {
    const told = newTask(clock);
    const before = await opened(async (store) => {
      await store.blobs.write(told.id, 'upload', [Buffer.from('picture')], { maxBytes: 100 });
      return (await store.tasks.insert(told)).task;
    });
    expect(await readdir(dir)).not.toContain('kinora.db-wal');
    await opened(async (store) => {
      expect(await store.tasks.get(told.id)).toEqual(before);
      expect(await store.blobs.stat(told.id, 'upload')).toMatchObject({ bytes: 7 });
    });
  });

  it('a folder that is not there is made', async () => {
    const store = await openSqliteStore({ dir: join(dir, 'some', 'where'), clock });
    expect((await store.tasks.insert(newTask(clock))).created).toBe(true);
    await store.close();
    expect(await readdir(join(dir, 'some', 'where'))).toContain('kinora.db');
  });

  it('what is free is what the system says of the folder’s disk', async () => {
    const { bavail, bsize } = await statfs(dir);
    const free = await opened((store) => store.freeBytes());
    // Others write on it meanwhile.
    expect(Math.abs((free ?? 0) - bavail * bsize)).toBeLessThan(1024 ** 3);
  });

  it('after closing, every call says so', async () => {
    const store = await openSqliteStore({ dir, clock });
    await store.close();
    await store.close();
    await expect(store.tasks.insert(newTask(clock))).rejects.toThrow(StoreUnavailable);
    await expect(store.tasks.claimDue('one', 1)).rejects.toThrow('The store is closed.');
  });

  it('a second program is refused in a sentence, and the first goes on', async () => {
    await opened(async (store) => {
      expect(await refusal()).toBe('Another Kinora is using DIR. Stop it first, or set another DATA_DIR.');
      expect((await store.tasks.insert(newTask(clock))).created).toBe(true);
    });
  });

  it('leases found at opening belong to the dead: their tasks are due at once', async () => {
    const first = await openSqliteStore({ dir, clock });
    const { task } = await first.tasks.insert(newTask(clock));
    const sleeping = await first.tasks.insert(newTask(clock));
    const [held, other] = await first.tasks.claimDue('dead', 2);
    if (!held || !other) throw new Error('two tasks were due');
    const asleep = held.id === task.id ? other : held;
    await first.tasks.save(asleep, { owner: 'dead' });
    await first.close();
    const second = await openSqliteStore({ dir, clock });
    const due = await second.tasks.claimDue('alive', 10);
    expect(due.map(({ id }) => id)).toEqual([asleep.id === task.id ? sleeping.task.id : task.id]);
    expect(await second.tasks.renew('dead', [task.id, sleeping.task.id])).toEqual([]);
    await second.close();
  });

  it('a newer program’s record is refused and left as it is', async () => {
    const { id } = newTask(clock);
    await opened((store) => store.tasks.insert(newTask(clock, { id })));
    raw((db) => db.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`));
    expect(await refusal()).toBe('A newer Kinora has written DIR. Update this one, or set another DATA_DIR.');
    raw((db) => db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`));
    await opened(async (store) => expect((await store.tasks.get(id))?.id).toBe(id));
  });

  it('a file that is no database is refused and left as it is', async () => {
    await writeFile(join(dir, 'kinora.db'), 'my holiday diary, '.repeat(500));
    expect(await refusal()).toBe(
      'kinora.db in DIR is damaged or is no database. Put back a backup, as docs/running.md says, or set another DATA_DIR.',
    );
    expect((await readFile(join(dir, 'kinora.db'))).toString()).toBe('my holiday diary, '.repeat(500));
  });

  it('a damaged database is said to be damaged', async () => {
    await opened(async (store) => {
      for (let i = 0; i < 20; i++) await store.tasks.insert(newTask(clock));
    });
    const file = await open(join(dir, 'kinora.db'), 'r+');
    await file.write(Buffer.alloc(8000, 0xa5), 0, 8000, 100);
    await file.close();
    expect(await refusal()).toContain('damaged');
  });

  describe('of which an inner page is damaged', () => {
    async function damage(): Promise<Buffer> {
      await opened(async (store) => {
        const scene = 'waves '.repeat(100);
        await Promise.all(Array.from({ length: 300 }, () => store.tasks.insert(newTask(clock, { scene }))));
      });
      const path = join(dir, 'kinora.db');
      const file = await open(path, 'r+');
      await file.write(Buffer.alloc(4096, 0xa5), 0, 4096, 40 * 4096);
      await file.close();
      return readFile(path);
    }

    it('is refused in a sentence, and left as it is', async () => {
      const before = await damage();
      expect(await refusal()).toContain('is damaged or is no database. Put back a backup');
      expect((await readFile(join(dir, 'kinora.db'))).equals(before)).toBe(true);
    });

    it('is looked for as long as there is time', async () => {
      const file = join(dir, 'large.db');
      const db = new Database(file);
      db.exec(`
        CREATE TABLE t (x BLOB);
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
        INSERT INTO t SELECT randomblob(1000) FROM n`);
      db.close();
      expect(await quickCheck(file, dir, 5)).toBe(false);
      expect(await quickCheck(file, dir, 60_000)).toBe(true);
      // Neither stands in the way of who opens it next.
      await openDb(file, dir).close();
    });
  });

  describe('of which something was erased', () => {
    const address = (i: number) => `https://cdn.discordapp.com/a/${i}/p.png?hm=signature${i}`;
    const scene = (i: number) => `a secret garden ${i}, ${'petals '.repeat(i % 200)}`;

    /** Which of the folder's files say any of it still. */
    async function traces(): Promise<string[]> {
      const names = (await readdir(dir)).filter((name) => name.startsWith('kinora'));
      const bytes = await Promise.all(names.map((name) => readFile(join(dir, name), 'latin1')));
      return names.filter((_, i) => /signature\d|secret garden/.test(bytes[i] ?? ''));
    }

    it('holds none of it after a sweep: no deleted scene, no address of a picture that was fetched', async () => {
      await opened(async (store) => {
        for (let i = 0; i < 200; i++) await store.drafts.put({ key: `k${i}`, data: address(i) });
        // Rows grow, shrink, go and come between others, so that pages are split and joined all the time.
        for (let round = 0; round < 10; round++) {
          const told = Array.from({ length: 100 }, (_, i) =>
            newTask(clock, {
              scene: i % 3 === 0 ? scene(i) : `an open meadow, ${'grass '.repeat((i * 37) % 150)}`,
              picture: { type: 'remote', ref: address(i).repeat(1 + (i % 5)) },
            }),
          );
          await Promise.all(told.map((each) => store.tasks.insert(each)));
          for (const task of await store.tasks.claimDue('worker', 1_000)) {
            if (task.scene.startsWith('a secret')) await store.tasks.remove(task.id);
            else await store.tasks.save(transition(task, FITTED, store.now()), { owner: 'worker', token: 't' });
          }
        }
        expect(await traces()).not.toEqual([]);
        clock.advance(DRAFT_MS);
        await store.sweep();
        expect(await traces()).toEqual([]);
        expect((await store.dump.counts()).task).toBe(660);
      });
      expect(await traces()).toEqual([]);
    });

    it('holds none of what an older program left in it', async () => {
      // As the last version before what was erased was overwritten.
      raw((db) => {
        for (const migration of MIGRATIONS.slice(0, 5)) db.exec(migration);
        db.exec(`
          PRAGMA secure_delete = OFF;
          CREATE TABLE old (x TEXT);
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
          INSERT INTO old SELECT '${scene(9)} ${address(9)}' FROM n;
          DELETE FROM old; DROP TABLE old;
          PRAGMA user_version = 5`);
      });
      expect(await traces()).toEqual(['kinora.db']);
      await opened(async () => {});
      expect(await traces()).toEqual([]);
    });
  });

  it('a folder that cannot be made is said to be so', async () => {
    await writeFile(join(dir, 'file'), '');
    for (const at of [join(dir, 'file'), join(dir, 'file', 'below')])
      expect(await refusal(at)).toBe('DIR cannot be created or written. Allow this user to, or set another DATA_DIR.');
    await mkdir(join(dir, 'kinora.db'));
    expect(await refusal()).toContain('DIR cannot be created or written');
  });

  it('migrations go from the version found, all of them or none', async () => {
    const versionOf = (db: ReturnType<typeof openDb>) =>
      db.rows(z.object({ user_version: z.number() }), 'PRAGMA user_version')[0]?.user_version;
    const names = (db: ReturnType<typeof openDb>) =>
      db.rows(z.object({ name: z.string() }), 'SELECT name FROM sqlite_schema ORDER BY name').map(({ name }) => name);
    const db = openDb(join(dir, 'other.db'), dir);
    const first = 'CREATE TABLE a (x)';
    migrate(db, dir, [first]);
    expect([versionOf(db), names(db)]).toEqual([1, ['a']]);
    expect(() => migrate(db, dir, [first, 'CREATE TABLE b (x)', 'CREATE TABLE c (x); CREATE TABLE a (x)'])).toThrow();
    expect([versionOf(db), names(db)]).toEqual([1, ['a']]);
    migrate(db, dir, [first, 'CREATE TABLE b (x)', 'CREATE TABLE c (x)']);
    expect([versionOf(db), names(db)]).toEqual([3, ['a', 'b', 'c']]);
    await db.close();
  });

  describe('writes that go to disk together', () => {
    const numberSchema = z.object({ n: z.number() });
    /** A file of which the test decides when, and whether, its bytes are on disk. */
    function openHeld() {
      const syncs: { done: () => void; fail: (error: Error) => void }[] = [];
      const waitForDisk = () => new Promise<void>((done, fail) => void syncs.push({ done, fail }));
      const db = openDb(join(dir, 'held.db'), dir, { sync: waitForDisk });
      db.script('CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT');
      const told: number[] = [];
      const write = (n: number) =>
        db.together(() => db.run('INSERT INTO t VALUES (:n)', { n })).then(() => void told.push(n));
      const numbers = () => db.rows(numberSchema, 'SELECT n FROM t ORDER BY n').map(({ n }) => n);
      return { db, syncs, told, write, numbers };
    }

    it('are told once they are there and not before; those that come meanwhile share the next wait', async () => {
      const { db, syncs, told, write, numbers } = openHeld();
      const first = write(1);
      await expect.poll(() => syncs).toHaveLength(1);
      const others = [2, 3, 2, 4].map(write);
      const outcomes = Promise.allSettled(others);
      await turn();
      expect([told, numbers(), syncs.length]).toEqual([[], [1], 1]);
      syncs[0]?.done();
      await first;
      await expect.poll(() => syncs).toHaveLength(2);
      expect([told, numbers()]).toEqual([[1], [1, 2, 3, 4]]);
      syncs[1]?.done();
      expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
      expect(told).toEqual([1, 2, 3, 4]);
      await db.close();
    });

    it('are told before the file is closed', async () => {
      const { db, syncs, told, write } = openHeld();
      const all = [write(1), db.close()];
      await expect.poll(() => syncs).toHaveLength(1);
      syncs[0]?.done();
      await Promise.all(all);
      expect(told).toEqual([1]);
      await expect(write(2)).rejects.toThrow('The store is closed.');
    });

    it('are refused, and all that follows, once the disk lost some', async () => {
      const { db, syncs, write } = openHeld();
      const refused = expect(write(1)).rejects.toThrow('The disk that holds');
      await expect.poll(() => syncs).toHaveLength(1);
      syncs[0]?.fail(Object.assign(new Error('i/o error'), { code: 'EIO' }));
      await refused;
      await expect(write(2)).rejects.toThrow(StoreUnavailable);
      expect(() => db.run('DELETE FROM t')).toThrow(StoreUnavailable);
      expect(syncs).toHaveLength(1);
      await db.close();
    });

    it('are synced in the file that SQLite writes, also after it was folded and begun anew', async () => {
      const synced = new Set<number>();
      const db = openDb(join(dir, 'log.db'), dir, { sync: async (fd) => void synced.add(fstatSync(fd).ino) });
      db.script('CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT) STRICT');
      for (let n = 0; n < 60; n++)
        await db.together(() => db.run('INSERT INTO t VALUES (:n, :text)', { n, text: 'x'.repeat(1_000_000) }));
      expect([...synced]).toEqual([(await stat(join(dir, 'log.db-wal'))).ino]);
      expect((await stat(join(dir, 'log.db-wal'))).size).toBeLessThan(40_000_000);
      await db.close();
    });
  });

  it('a record that cannot be read stops no other task, and the operator hears of it', async () => {
    const broken = newTask(clock);
    await opened(async (store) => {
      await store.tasks.insert(broken);
      await store.tasks.insert(newTask(clock));
    });
    raw((db) => db.prepare(`UPDATE tasks SET decisions = '{"polls":-1}' WHERE id = :id`).run({ id: broken.id }));
    const heard: unknown[] = [];
    const store = await openSqliteStore({
      dir,
      clock,
      log: { error: (...told: unknown[]) => void heard.push(told), warn: () => {} },
    });
    expect(await store.tasks.claimDue('one', 10)).toHaveLength(1);
    expect(heard).toHaveLength(1);
    expect(await store.tasks.conversation(broken.place, { limit: 10 })).toHaveLength(1);
    await expect(store.tasks.get(broken.id)).rejects.toThrow(`The record of task ${broken.id} cannot be read.`);
    await store.blobs.write(broken.id, 'upload', [Buffer.from('x')], { maxBytes: 10 });
    clock.advance(DAY_MS);
    expect(await toldBy(checkStore(store))).toEqual([`The record of task ${broken.id} cannot be read.`]);
    const second = await openSqliteStore({ dir: join(dir, 'second'), clock });
    await expect(copyStore(store, second)).rejects.toThrow(CopyRefused);
    await second.close();
    await store.close();
  });

  it('keys that differ only where text is easily broken stay different', async () => {
    await opened(async (store) => {
      const keys = ['a', 'a\u0000', 'a\u0000b', 'a\ud800', 'a\ud801', 'a\ufffd', 'a\ufffd\ufffd', '"a"', 'a '];
      for (const requestKey of keys)
        expect((await store.tasks.insert(newTask(clock, { requestKey }))).task.requestKey).toBe(requestKey);
      for (const requestKey of keys) expect((await store.tasks.byRequestKey(requestKey))?.requestKey).toBe(requestKey);
      const { task } = await store.tasks.insert(newTask(clock, { scene: 'lone \ud83d surrogate \u0000' }));
      expect((await store.tasks.get(task.id))?.scene).toBe('lone \ud83d surrogate \u0000');
    });
  });

  it('who reads a blob while it is replaced reads the earlier one to its end', async () => {
    await opened(async ({ blobs }) => {
      const id = '0'.repeat(24);
      const before = Buffer.alloc(2_000_000, 1);
      await blobs.write(id, 'clip', [before], { maxBytes: 1e9 });
      const read: Uint8Array[] = [];
      for await (const chunk of blobs.read(id, 'clip')) {
        if (read.length === 0) await blobs.write(id, 'clip', [Buffer.alloc(3_000_000, 2)], { maxBytes: 1e9 });
        read.push(chunk);
      }
      expect(Buffer.concat(read).equals(before)).toBe(true);
    });
  });

  it('one blob is one file, whatever was written, refused or removed before', async () => {
    await opened(async ({ blobs, tasks }) => {
      const { task } = await tasks.insert(newTask(clock));
      for (let i = 0; i < 5; i++) await blobs.write(task.id, 'clip', [Buffer.alloc(100)], { maxBytes: 100 });
      await expect(blobs.write(task.id, 'clip', [Buffer.alloc(101)], { maxBytes: 100 })).rejects.toThrow();
      await blobs.write(task.id, 'picture', [Buffer.alloc(100)], { maxBytes: 100 });
      await blobs.remove(task.id, 'picture');
      expect(await readdir(join(dir, 'files'))).toHaveLength(1);
      await tasks.remove(task.id);
      expect(await readdir(join(dir, 'files'))).toEqual([]);
    });
  });

  it('bytes that several tasks own are one file, which goes with the last', async () => {
    await opened(async (store) => {
      const { blobs, tasks } = store;
      const files = () => readdir(join(dir, 'files'));
      const { task } = await tasks.insert(newTask(clock));
      await blobs.write(task.id, 'upload', [Buffer.alloc(100)], { maxBytes: 100 });
      const shared = { of: task.id, names: ['upload'] };
      const others = await Promise.all([1, 2].map(() => tasks.insert(newTask(clock), shared)));
      expect(await files()).toHaveLength(1);
      await tasks.remove(task.id);
      clock.advance(2 * DAY_MS);
      await store.sweep();
      expect(await files()).toHaveLength(1);
      for (const other of others) await tasks.remove(other.task.id);
      expect(await files()).toEqual([]);
    });
  });

  it('files that nobody names are swept after a day, by which they are certainly not being written', async () => {
    const { id } = newTask(clock);
    const stray = `${id}.clip.${clock.now()}-0123456789abcdef`;
    await opened(async (store) => {
      await store.blobs.write(id, 'clip', [Buffer.from('named')], { maxBytes: 100 });
      await store.tasks.insert(newTask(clock, { id }));
    });
    await writeFile(join(dir, 'files', stray), 'half a clip');
    await writeFile(join(dir, 'files', 'notes.txt'), 'of the person who runs this');
    await opened(async (store) => {
      clock.advance(DAY_MS);
      await store.sweep();
      expect(await readdir(join(dir, 'files'))).toContain(stray);
      clock.advance(1);
      await store.sweep();
      expect(await readdir(join(dir, 'files'))).toHaveLength(2);
      expect(await readdir(join(dir, 'files'))).not.toContain(stray);
      expect((await whole(store.blobs.read(id, 'clip'))).toString()).toBe('named');
    });
  });

  it('files that nobody names and that a dead process began are swept at once', async () => {
    const { id } = newTask(clock);
    await opened(async (store) => {
      await store.blobs.stage(id, 'clip', [Buffer.from('of nobody')], { maxBytes: 100 });
    });
    clock.advance(1);
    await opened(async (store) => {
      await store.blobs.stage(newTask(clock).id, 'clip', [Buffer.from('under way')], { maxBytes: 100 });
      await store.sweep();
      expect((await readdir(join(dir, 'files'))).map((name) => name.slice(0, 24))).not.toContain(id);
      expect(await readdir(join(dir, 'files'))).toHaveLength(1);
    });
  });

  it('a record of the first version, with a folder for each task, is taken over, also where a kill came between', async () => {
    const told = newTask(clock);
    const { id } = told;
    const old = 'clip.0123456789abcdef';
    const bytes = Buffer.from('of before');
    raw((db) => {
      db.exec(`${MIGRATIONS[0]}; PRAGMA user_version = 1`);
      const decisions = { attempts: [], polls: 0, tries: 0, at: { received: clock.now(), delivered: clock.now() } };
      db.prepare(
        `INSERT INTO tasks (id, request_key, requester, provider, place, cost, state, rank, created_at, version, asked,
                            fixed, decisions, accepted, sent, requests)
         VALUES (:id, '"k"', '"ada"', '"preview"', '["test","harbour"]', 0, 'delivered', 0, :now, 3, 0,
                 :fixed, :decisions, '{}', '{}', '{}')`,
      ).run({ id, now: clock.now(), fixed: JSON.stringify(told), decisions: JSON.stringify(decisions) });
      const blob = db.prepare(
        'INSERT INTO blobs (task, name, file, bytes, sha256, created_at) VALUES (:id, :name, :file, :bytes, :sha256, :now)',
      );
      for (const name of ['clip', 'upload'])
        blob.run({
          id,
          name,
          file: old.replace('clip', name),
          bytes: bytes.length,
          sha256: sha256(bytes),
          now: clock.now(),
        });
    });
    for (const folder of ['files', 'incoming', join('blobs', id), join('blobs', 'f'.repeat(24))])
      await mkdir(join(dir, folder), { recursive: true });
    await writeFile(join(dir, 'blobs', id, old), bytes);
    await writeFile(join(dir, 'files', `${id}.${old.replace('clip', 'upload')}`), bytes);
    await writeFile(join(dir, 'blobs', id, 'clip.fedcba9876543210'), 'named by nobody');
    await writeFile(join(dir, 'incoming', 'half'), 'half a clip');
    await opened(async (store) => {
      expect((await readdir(dir)).toSorted()).toEqual(['files', 'kinora.db', 'kinora.db-wal', 'kinora.lock']);
      for (const name of ['clip', 'upload']) expect(await whole(store.blobs.read(id, name))).toEqual(bytes);
      expect(await store.tasks.get(id)).toMatchObject({ state: 'delivered', picture: { type: 'upload' } });
      expect(await store.tasks.clips({ in: { person: 'ada' } }, { limit: 1 })).toHaveLength(1);
      await store.sweep();
      expect(await readdir(join(dir, 'files'))).toHaveLength(2);
      clock.advance(3_600_000);
      await store.sweep({ keepMs: 3_600_000 });
      expect(await readdir(join(dir, 'files'))).toEqual([]);
    });
  });

  it('a sweep leaves nothing of drafts past their time, however many', async () => {
    await opened(async (store) => {
      for (let i = 0; i < 450; i++) await store.drafts.put({ key: `k${i}`, data: i });
      clock.advance(DRAFT_MS);
      await store.drafts.put({ key: 'young', data: 1 });
      await store.sweep();
    });
    raw((db) => expect(db.prepare('SELECT key FROM kv').all({})).toEqual([{ key: 'draft:"young"' }]));
  });

  describe('after the machine’s clock was wrong', () => {
    it('and was set back between two starts, what is under way is due at once', async () => {
      const id = await opened(async (store) => {
        const { id } = (await store.tasks.insert(newTask(clock))).task;
        const [task] = await store.tasks.claimDue('worker', 1);
        if (!task) throw new Error('nothing was due');
        await store.tasks.save(task, { owner: 'worker', dueAt: store.now() + 5_000, token: 't' });
        return id;
      });
      clock.advance(-60 * 60_000);
      await opened(async (store) => {
        expect((await store.tasks.claimDue('worker', 1)).map((task) => task.id)).toEqual([id]);
      });
    });

    it('and is far ahead when the program starts, nothing is forgotten in the first hour', async () => {
      const id = await opened(async (store) => {
        const { id } = (await store.tasks.insert(newTask(clock))).task;
        const [task] = await store.tasks.claimDue('worker', 1);
        if (!task) throw new Error('nothing was due');
        const over = transition(task, { type: 'cancel' }, store.now());
        await store.tasks.save(over, { owner: 'worker', token: 't' });
        return id;
      });
      clock.advance(40 * DAY_MS);
      await opened(async (store) => {
        await store.sweep({ keepMs: 30 * DAY_MS });
        expect(await store.tasks.get(id)).toBeDefined();
        clock.advance(60 * 60_000);
        await store.sweep({ keepMs: 30 * DAY_MS });
        expect(await store.tasks.get(id)).toBeUndefined();
      });
    });
  });

  it('every statement searches by an index: no scan, no sorting', () => {
    const db = new Database(':memory:');
    for (const migration of MIGRATIONS) db.exec(migration);
    const planSchema = z.array(z.object({ detail: z.string() }));
    const spent = {
      all: spendSince({}),
      person: spendSince({ person: 'p' }),
      provider: spendSince({ provider: 'x' }),
      both: spendSince({ person: 'p', provider: 'x' }),
      chat: spendSince({ chat: 'c', provider: 'x' }),
      member: spendSince({ person: 'p', chat: 'c', provider: 'x' }),
    };
    const HERE = { platform: 'test', chat: 'harbour' };
    const filters = [{ in: HERE }, { in: HERE, by: 'ada' }, { in: { person: 'ada' } }];
    const clips = filters.flatMap((filter) =>
      [true, false].flatMap((isStarred) =>
        [true, false].flatMap((isOlder) =>
          (['tasks', 'scenes'] as const).map((what) => clipsSql({ ...filter, isStarred }, { isOlder, what })),
        ),
      ),
    );
    const holders = [{}, { requester: 'ada' }, { place: 'harbour' }, { requester: 'ada', place: 'harbour' }];
    const counted = holders.flatMap((of) => [waitingSql(of), underWaySql(of)]);
    const known = {
      ...TASK_SQL,
      ...spent,
      SPEND_OF_REQUEST,
      SPEND_BETWEEN,
      ...KV_SQL,
      ...BLOB_SQL,
      ...[...counted, ...clips],
    };
    const statements = Object.entries(known);
    for (const [name, sql] of statements) {
      const plan = planSchema.parse(db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all({})).map(({ detail }) => detail);
      const bad = plan.filter((detail) => /^SCAN (tasks|spend|kv|blobs)|TEMP B-TREE/.test(detail));
      expect({ name, bad }).toEqual({ name, bad: [] });
    }
    db.close();
  });

  function raw(work: (db: Database.Database) => unknown): void {
    const db = new Database(join(dir, 'kinora.db'));
    work(db);
    db.close();
  }
});
