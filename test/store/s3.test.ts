import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DIRECT } from '../../src/net/network.ts';
import type { BucketConfig } from '../../src/settings/object-storage.ts';
import { type Bucket, openBucket } from '../../src/store/bucket/bucket.ts';
import { BucketRefused, plain } from '../../src/store/bucket/errors.ts';
import { probeBucket } from '../../src/store/bucket/probe.ts';
import type { KeyValues } from '../../src/store/kv.ts';
import { moveBlobs } from '../../src/store/move-blobs.ts';
import { checkObjects, useBucket } from '../../src/store/open-bucket.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { type Store, StoreUnavailable } from '../../src/store/store.ts';
import { describeBlobs } from '../contract/store/blobs.ts';
import { delivered, show } from '../contract/store/clips.ts';
import { useStore } from '../contract/store/context.ts';
import { HandClock, newTask, sha256, whole } from '../contract/store/tools.ts';
import { noS3 } from '../helpers/s3.ts';
import { listening, refusing } from '../helpers/s3-between.ts';
import { type S3Server, startS3Server } from '../helpers/s3-server.ts';

const MIB = 1024 * 1024;
const PART = 8 * MIB;
const ROOM = { maxBytes: 100 * MIB };
const HOUR_MS = 3_600_000;
const MP4 = { type: 'video/mp4', disposition: 'attachment' };
const silent = pino({ level: 'silent' });

describe.skipIf(noS3)('object storage', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server.close());

  let dir: string;
  let clock: HandClock;
  /** Of each test, with nothing in it. */
  let config: BucketConfig;
  let bucket: Bucket;
  beforeEach(async () => {
    config = { ...server.bucket, prefix: `${randomBytes(4).toString('hex')}/` };
    bucket = openBucket(config, DIRECT);
    dir = await mkdtemp(join(tmpdir(), 'kinora-s3-'));
    clock = new HandClock();
  });
  afterEach(async () => {
    bucket.close();
    await rm(dir, { recursive: true, force: true });
  });

  const open = async (at = config, how?: Parameters<typeof useBucket>[1]) =>
    openSqliteStore({ dir, clock, log: silent, bucket: await useBucket(at, how) });
  const keys = async () => (await bucket.list('')).found;

  /** Opens, works, closes. */
  async function opened<T>(work: (store: Store) => Promise<T>, ...how: Parameters<typeof open>): Promise<T> {
    const store = await open(...how);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  describe('keeps blobs as any store does:', () => {
    const context = useStore(async (given) => {
      const home = await mkdtemp(join(tmpdir(), 'kinora-s3-'));
      const store = await openSqliteStore({ dir: home, clock: given, bucket: await useBucket(server.bucket) });
      return {
        store,
        async close() {
          await store.close();
          expect(await readdir(join(home, 'files'))).toEqual([]);
          await rm(home, { recursive: true });
        },
      };
    });
    describeBlobs(context);
  });

  it.each([PART - 1, PART, PART + 1, 2 * PART])('%i bytes go in parts, and come back whole', async (size) => {
    await opened(async ({ blobs }) => {
      const bytes = randomBytes(size);
      const { id } = newTask(clock);
      const stored = await blobs.write(id, 'clip-1', [bytes.subarray(0, 10), bytes.subarray(10)], ROOM);
      expect(stored).toEqual({ bytes: size, sha256: sha256(bytes) });
      expect(
        (await whole(blobs.read(id, 'clip-1', { start: PART - 5, end: size }))).equals(bytes.subarray(PART - 5)),
      ).toBe(true);
    });
  });

  it('nothing is left of an upload in parts that its source broke off', async () => {
    await opened(async ({ blobs }) => {
      async function* torn() {
        yield randomBytes(PART + 1);
        expect(await bucket.unfinished('')).toHaveLength(1);
        throw new Error('the connection dropped');
      }
      await expect(blobs.write(newTask(clock).id, 'clip-1', torn(), ROOM)).rejects.toThrow('the connection dropped');
    });
    expect(await bucket.unfinished('')).toEqual([]);
    expect(await keys()).toEqual([]);
  });

  it('a sweep takes what a kill left, once it is old, and nothing of another record in the same bucket', async () => {
    const other = await mkdtemp(join(tmpdir(), 'kinora-s3-'));
    const neighbour = await openSqliteStore({ dir: other, clock, bucket: await useBucket(config) });
    const theirs = newTask(clock);
    await neighbour.tasks.insert(
      theirs,
      await neighbour.blobs.stage(theirs.id, 'upload', [Buffer.from('theirs')], ROOM),
    );
    await opened(async (store) => {
      const mine = newTask(clock);
      await store.tasks.insert(mine, await store.blobs.stage(mine.id, 'upload', [Buffer.from('mine')], ROOM));
      const records = new Set((await keys()).map((key) => key.split('/')[0]));
      expect(records.size).toBe(2);
      for (const record of records) {
        const at = (instant: number) => `${record}/${String(instant).padStart(13, '0')}-${'0'.repeat(32)}`;
        await bucket.put(at(clock.now() - 1), Buffer.from('left'), MP4);
        await bucket.begin(at(clock.now() - 1), MP4);
        await bucket.begin(at(clock.now() + 1), MP4);
      }
      clock.advance(HOUR_MS);
      const before = await keys();
      await store.sweep();
      expect(before.length - (await keys()).length).toBe(1);
      expect(await bucket.unfinished('')).toHaveLength(3);
      expect((await whole(store.blobs.read(mine.id, 'upload'))).toString()).toBe('mine');
      clock.advance(25 * HOUR_MS);
      await store.sweep();
      await neighbour.sweep();
      expect(await bucket.unfinished('')).toEqual([]);
      expect((await whole(neighbour.blobs.read(theirs.id, 'upload'))).toString()).toBe('theirs');
      expect((await whole(store.blobs.read(mine.id, 'upload'))).toString()).toBe('mine');
      for (const each of [store, neighbour]) for (const { id } of [mine, theirs]) await each.tasks.remove(id);
    });
    await neighbour.close();
    await rm(other, { recursive: true });
    expect(await keys()).toEqual([]);
  });

  it('names of objects tell nothing and cannot be guessed', async () => {
    await opened(async (store) => {
      const task = await delivered({ store, clock });
      for (const key of await keys()) {
        expect(key).toMatch(/^[0-9a-f]{16}\/\d{13}-[0-9a-f]{32}$/);
        expect(key).not.toContain(task.id);
      }
      await store.tasks.remove(task.id);
    });
  });

  it('an address is for anybody, for ranges too, and ends with its blob', async () => {
    await opened(async (store) => {
      const task = await delivered({ store, clock });
      const shown = { type: 'video/mp4', disposition: 'inline', forSeconds: 60 };
      const address = (await store.blobs.address(task.id, 'clip-1', shown)) ?? '';
      const part = await fetch(address, { headers: { range: 'bytes=0-3' } });
      expect([part.status, part.headers.get('content-type'), await part.text()]).toEqual([206, 'video/mp4', 'clip']);
      expect((await fetch(address.replace(/Signature=../, 'Signature=00'))).status).toBe(403);
      expect((await fetch(address.replace('Expires=60', 'Expires=600'))).status).toBe(403);
      expect((await fetch(address.split('?')[0] ?? '')).status).toBe(403);
      await store.tasks.remove(task.id);
      expect((await fetch(address)).status).toBe(404);
    });
  });

  it('what cannot be removed now is removed by the next sweep that can, however young it is', async () => {
    await opened(async (store) => {
      const task = await delivered({ store, clock });
      await server.kill();
      await store.tasks.remove(task.id);
      expect(await store.tasks.get(task.id)).toBeUndefined();
      await expect(store.sweep()).rejects.toThrow(StoreUnavailable);
      await server.start();
      expect(await keys()).not.toEqual([]);
      await store.sweep();
      expect(await keys()).toEqual([]);
    });
  });

  it('while it is away, writing and reading say so in a sentence without secrets, and go on afterwards', async () => {
    await opened(async (store) => {
      const task = await delivered({ store, clock });
      await server.kill();
      const said: unknown[] = [];
      await store.blobs.write(task.id, 'clip-2', [Buffer.from('x')], ROOM).catch((error: unknown) => said.push(error));
      await whole(store.blobs.read(task.id, 'clip-1')).catch((error: unknown) => said.push(error));
      expect(said).toHaveLength(2);
      for (const error of said) {
        expect(error).toBeInstanceOf(StoreUnavailable);
        expect(error).not.toBeInstanceOf(BucketRefused);
        expect(`${error}`).toMatch(
          /^StoreUnavailable: The bucket kinora at 127.0.0.1:\d+ cannot be used now \(ECONNREFUSED\)\.$/,
        );
      }
      // A start does not wait for it either: what needs no bucket works.
      await store.close();
      await opened(async (again) => expect(await again.tasks.get(task.id)).toBeDefined());
      await server.start();
      await opened(async (again) => {
        expect((await whole(again.blobs.read(task.id, 'clip-1'))).toString()).toContain('clip of');
        await again.tasks.remove(task.id);
      });
    });
  });

  it('a record is not opened without its bucket, nor with another', async () => {
    const task = await opened((store) => delivered({ store, clock }));
    await expect(openSqliteStore({ dir, clock })).rejects.toThrow(/are in object storage, and BLOBS is not set/);
    await expect(open({ ...config, prefix: 'another/' })).rejects.toThrow(/names another bucket or prefix/);
    await opened((store) => store.tasks.remove(task.id));
    await (await openSqliteStore({ dir, clock })).close();
  });

  it('one object that is lost hinders neither a start nor the move back, which names it, nor a start without a bucket', async () => {
    const task = await opened((store) => delivered({ store, clock }));
    await bucket.remove((await keys()).sort().at(-1) ?? '');
    const warn = vi.fn();
    const use = await useBucket(config);
    await (await openSqliteStore({ dir, clock, log: { warn, error: warn }, bucket: use })).close();
    expect(warn).toHaveBeenCalledExactlyOnceWith({ lost: 1, bucket: bucket.where }, expect.stringMatching(/are lost/));
    const how = { isForNew: false, refuses: false };
    await opened(
      async (store) =>
        expect(await moveBlobs(store, 'record')).toEqual({
          moved: 1,
          // Both may have been written in one millisecond.
          lost: [expect.stringMatching(`^The (clip-1|upload) of task ${task.id} is gone`)],
        }),
      config,
      how,
    );
    await (await openSqliteStore({ dir, clock })).close();
    await opened(async () => {});
    await expect(openSqliteStore({ dir, clock })).rejects.toThrow(/BLOBS is not set/);
  });

  it('what another process deletes during a start is no loss', async () => {
    const known = vi.fn().mockReturnValueOnce(['s3:a', 's3:b']).mockReturnValue([]);
    const look = async () => ({ gone: ['s3:a', 's3:b'], isEmpty: true, keepsVersions: false });
    const warn = vi.fn();
    const values: KeyValues = {
      get: async () => undefined,
      list: async () => [],
      put: async () => true,
      remove: async () => false,
    };
    const use = await useBucket(config);
    const objects = { ...use.objectsOf({ values, now: () => clock.now() }), look };
    await checkObjects({ objects, use, known, values, log: { warn } });
    objects.close();
    expect(warn).not.toHaveBeenCalled();
  });

  it('what may not be done to one thing keeps a sweep from nothing else, and is told in the end', async () => {
    await using between = await refusing(config);
    await opened(async (store) => {
      const { id } = newTask(clock);
      await store.blobs.stage(id, 'upload', [Buffer.from('left')], ROOM);
      clock.advance(100 * HOUR_MS);
      between.refuses = (_method, url) => /[?&]uploads/.test(url);
      await expect(store.sweep()).rejects.toThrow(/s3:ListBucketMultipartUploads/);
      expect(await keys()).toEqual([]);
      await expect(probeBucket(between.config, DIRECT)).rejects.toThrow(/s3:ListBucketMultipartUploads/);

      between.refuses = () => false;
      const task = await delivered({ store, clock });
      const [, held = ''] = (await keys()).sort();
      between.refuses = (method) => method === 'DELETE';
      await store.tasks.remove(task.id);
      between.refuses = (method, url) => method === 'DELETE' && url.includes(held);
      await expect(store.sweep()).rejects.toThrow(BucketRefused);
      expect(await keys()).toEqual([held]);

      between.refuses = (method, url) => method === 'GET' && url.includes('doctor-') && !url.includes('list-type');
      await expect(probeBucket(between.config, DIRECT)).rejects.toThrow(BucketRefused);
      expect(await bucket.list('doctor-')).toMatchObject({ found: [] });
    }, between.config);
  });

  it('a bucket that keeps versions is told of by the doctor and at the start', async () => {
    const versions = await startS3Server({ versions: true });
    try {
      await expect(probeBucket(versions.bucket, DIRECT)).rejects.toThrow(
        /keeps versions, so that what is deleted stays/,
      );
      await opened((store) => delivered({ store, clock }), versions.bucket);
      const warn = vi.fn();
      const use = await useBucket(versions.bucket);
      await (await openSqliteStore({ dir, clock, log: { warn, error: warn }, bucket: use })).close();
      expect(warn.mock.calls.flat()).toContainEqual(expect.stringMatching(/keeps versions/));
    } finally {
      await versions.close();
    }
  });

  it('a service that knows no ranges gives no wrong bytes', async () => {
    await using whole = await listening((_request, response) => response.end(Buffer.alloc(3000)));
    const other = openBucket({ ...config, endpoint: whole.endpoint }, DIRECT);
    await expect(other.get('x', { start: 100, end: 110 })).rejects.toThrow(/has to know the header Range/);
    await expect(other.get('x', { start: 0, end: 10 })).rejects.toThrow(/has to know the header Range/);
    other.close();
  });

  it('what was there before it is read where it is, and moved there and back, once for all who own it', async () => {
    const without = await openSqliteStore({ dir, clock });
    const task = await delivered({ store: without, clock });
    const shown = await show({ store: without, clock }, task);
    await without.close();
    const clip = async (store: Store, { id }: { id: string }) =>
      (await whole(store.blobs.read(id, 'clip-1'))).toString();
    await opened(async (store) => {
      expect(await clip(store, task)).toBe(`clip of ${task.id}`);
      expect(await store.blobs.address(task.id, 'clip-1', { type: 'video/mp4', forSeconds: 60 })).toBeUndefined();
      expect(await moveBlobs(store, 'bucket')).toEqual({ moved: 2, lost: [] });
      expect(await moveBlobs(store, 'bucket')).toEqual({ moved: 0, lost: [] });
      for (const each of [task, shown]) expect(await clip(store, each)).toBe(`clip of ${task.id}`);
      expect(await readdir(join(dir, 'files'))).toEqual([]);
      expect(await keys()).toHaveLength(2);
    });
    await opened(
      async (store) => {
        expect(await moveBlobs(store, 'record')).toEqual({ moved: 2, lost: [] });
        expect(await keys()).toEqual([]);
      },
      config,
      { isForNew: false },
    );
    const back = await openSqliteStore({ dir, clock });
    await back.tasks.remove(task.id);
    expect(await clip(back, shown)).toBe(`clip of ${task.id}`);
    await back.close();
  });

  describe('that is wrongly set', () => {
    const CREDENTIALS = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'a-wrong-secret' };
    it.each([
      [
        'another secret',
        () => ({
          credentials: {
            ...server.bucket.credentials,
            ...CREDENTIALS,
            accessKeyId: server.bucket.credentials?.accessKeyId ?? '',
          },
        }),
        /^127\S+ does not take AWS_SECRET_ACCESS_KEY, /,
      ],
      ['another key', () => ({ credentials: CREDENTIALS }), /^127\S+ does not know the key of AWS_ACCESS_KEY_ID\. /],
      ['no such bucket', () => ({ bucket: 'nowhere' }), /^There is no bucket nowhere at 127\S+ Make it there, or /],
      [
        'another region',
        () => ({ region: 'eu-south-2' }),
        /^The bucket kinora is in the region us-east-1\. Set AWS_REGION=us-east-1\.$/,
      ],
      ['nobody there', () => ({ endpoint: 'http://127.0.0.1:1' }), /cannot be used now \(ECONNREFUSED\)/],
    ])('%s: the doctor says what to do', async (_what, change, sentence) => {
      const error = await probeBucket({ ...server.bucket, ...change() }, DIRECT).catch((thrown: unknown) => thrown);
      if (!(error instanceof StoreUnavailable)) throw new Error('it was taken', { cause: error });
      expect(error.message).toMatch(sentence);
      expect(`${error.stack}${JSON.stringify(error)}`).not.toMatch(/wrong-secret|secret-of-the-test|Signature=/);
    });

    it('a clock that is an hour off hinders nothing: the client learns the right time', async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + HOUR_MS });
      try {
        expect(await probeBucket(server.bucket, DIRECT)).toMatch(/writing, reading, listing and removing work$/);
        await bucket.put('x', Buffer.from('hello'), MP4);
        const address = await bucket.sign('x', MP4, 60);
        vi.useRealTimers();
        expect(await (await fetch(address)).text()).toBe('hello');
      } finally {
        vi.useRealTimers();
      }
    });

    it.each([
      ['InvalidObjectState', /^Objects of the bucket b were moved to an archive/],
      ['QuotaExceeded', /^The bucket b at h is full/],
      ['Novel', /^The bucket b at h cannot be used now \(Novel, 403\)/],
      ['constructor', /cannot be used now/],
      ['Unknown', /Give it these rights there/],
    ])('a 403 is about rights only where it says nothing else: %s', (name, sentence) => {
      const error = Object.assign(new Error('x'), { name, $metadata: { httpStatusCode: 403 } });
      expect(plain(error, { bucket: 'b', host: 'h' }).message).toMatch(sentence);
    });

    it.each(['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'])('%s is said not to go with it', async (name) => {
      vi.stubEnv(name, 'true');
      const other = openBucket(config, DIRECT);
      try {
        await expect(other.list('')).rejects.toThrow(/do not go with BLOBS/);
      } finally {
        vi.unstubAllEnvs();
        other.close();
      }
    });

    it('a role that never gives a key holds nobody up for long', async () => {
      await using silence = await listening(() => {});
      const token = join(dir, 'token');
      await writeFile(token, 'token');
      vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', token);
      vi.stubEnv('AWS_ROLE_ARN', 'arn:aws:iam::123456789012:role/x');
      vi.stubEnv('AWS_ENDPOINT_URL_STS', silence.endpoint);
      const other = openBucket({ ...config, credentials: undefined }, DIRECT);
      const began = performance.now();
      try {
        await expect(other.remove('x')).rejects.toThrow(/cannot be used now \(TimeoutError\)/);
      } finally {
        vi.unstubAllEnvs();
        other.close();
      }
      expect(performance.now() - began).toBeLessThan(8_000);
    });
  });

  it('a server that stands still holds nobody up for long', async () => {
    await server.pause();
    const began = performance.now();
    try {
      await expect(bucket.remove('x')).rejects.toThrow(/cannot be used now \(TimeoutError\)|\(AbortError\)/);
    } finally {
      server.resume();
    }
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
